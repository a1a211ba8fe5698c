import { watch } from "./cloud/containers/watcher";

const [, , directory = ""] = process.argv;

watch(directory).catch((error: unknown) => {
    process.stderr.write(`containers of ${directory} may be left: ${String(error)}\n`);
    process.exitCode = 1;
});
