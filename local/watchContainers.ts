import type { LabelledCloud } from "./cloud/containers/labels";
import { watch } from "./cloud/containers/watcher";

const [, , given = ""] = process.argv;
const cloud = JSON.parse(given) as LabelledCloud;

watch(cloud).catch((error: unknown) => {
    process.stderr.write(`containers of ${cloud.directory} may be left: ${String(error)}\n`);
    process.exitCode = 1;
});
