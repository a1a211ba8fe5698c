import { play } from "../../../helpers/transcript";

// Plays a command on environment `dev` in a process of its own, which may be somebody else's.
const [directory = "", ...args] = process.argv.slice(2);
void play(args, { directory, stacks: { dev: {} } }).then(({ exitCode, context }) => {
    const { calls, io } = context;
    process.stdout.write(JSON.stringify({ exitCode, calls, err: io.err() }));
});
