import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { renderLine } from "../components/model/commandLine";
import type { Context } from "./ports/context";
import type { Clock } from "./ports/io";
import type { Pint } from "./ports/pint";
import type { PulumiCli } from "./setup";
import { calledAs } from "./setup/calledAs";
import { requireHome } from "./setup/homeFolder";

/** The real time. */
const systemClock: Clock = {
    now: () => new Date(),
    sleep: (milliseconds, signal) =>
        setTimeout(milliseconds, undefined, { signal }).catch((error: unknown) => {
            signal?.throwIfAborted();
            throw error;
        }),
};

type Given = Pick<Context, "io" | "signal" | "killSignal" | "env" | "directory" | "version">;

async function openPint({ env, signal }: Given): Promise<Pint> {
    const [{ createPint }, { answerFolder }] = await Promise.all([
        import("./pint/pint"),
        import("./pint/askForImages"),
    ]);
    const folder = answerFolder(env);
    return createPint({ env, signal, clock: systemClock, folder });
}

async function findPulumiCli(given: Given): Promise<PulumiCli> {
    const { preparePulumi, setupOf } = await import("./setup");
    return preparePulumi(setupOf(given));
}

/** Variables of AWS's that name files: the engine runs in the folder of the project, where they would name others. */
const fileVariables = [
    "AWS_CA_BUNDLE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/** The same variables, whatever folder they are read in. */
function withAbsoluteFiles({ env, directory }: Pick<Given, "env" | "directory">): Given["env"] {
    const files = fileVariables.flatMap((name) => {
        const file = env[name];
        return file ? [[name, path.resolve(directory, file)] as const] : [];
    });
    return { ...env, ...Object.fromEntries(files) };
}

/** The context of the real command line: adapters are loaded when a command first asks for them. */
export function createContext(outer: Given): Context {
    const given = { ...outer, env: withAbsoluteFiles(outer) };
    let pint: Promise<Pint> | undefined;
    let cli: Promise<PulumiCli> | undefined;
    // Asked for its version once, which takes a quarter of a second, and again only where that failed.
    const findCli = (): Promise<PulumiCli> =>
        (cli ??= findPulumiCli(given).catch((error: unknown) => {
            cli = undefined;
            throw error;
        }));
    return {
        ...given,
        // As it stands, `lines.map(show)` would take the number of a line for the folder of the project.
        show: (some) => renderLine(some, { program: calledAs(given.env) }),
        clock: systemClock,
        loadEngine: async (options) => {
            requireHome(given.env);
            const { createEngine } = await import("./engine/engine");
            return createEngine(options, given, findCli);
        },
        loadAws: async (target) => {
            requireHome(given.env);
            const { connectAws } = await import("./aws/connect");
            return connectAws({ env: given.env, ...target });
        },
        loadPint: () => (pint ??= openPint(given)),
        loadPrices: async (aws) => {
            const { createPrices, placeOfPrices } = await import("./prices/prices");
            const { env, signal } = given;
            return createPrices({ ...placeOfPrices(env), pricing: aws.pricing, clock: systemClock, signal });
        },
        loadImageSource: async () => {
            const { createImageSource } = await import("./containerSource/imageSource");
            return createImageSource(given);
        },
        createProgress: async () => {
            const { createProgress } = await import("./output/progress");
            return createProgress(given.io, systemClock);
        },
    };
}
