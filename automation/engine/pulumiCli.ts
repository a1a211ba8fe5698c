import { runPulumi, type PulumiAnswer, type PulumiProcessOptions } from "./pulumiProcess";

/** The Pulumi CLI, ready to be run in the folder of a project. */
export class PulumiCli {
    constructor(
        readonly options: PulumiProcessOptions,
        /** Without a `v`. */
        readonly version: string,
        /** What a person has to type for it: its path where it is not on PATH. */
        readonly word: string,
    ) {}

    get signal(): AbortSignal {
        return this.options.signal;
    }

    /** @throws PulumiFailure when it ends with something else than 0 */
    run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<PulumiAnswer> {
        return runPulumi(args, { ...this.options, env: { ...this.options.env, ...env } });
    }

    /** The same, which an interrupt does not reach; only a kill ends it. */
    uninterrupted(): PulumiCli {
        const { signal } = new AbortController();
        return new PulumiCli({ ...this.options, signal }, this.version, this.word);
    }

    /** The same with other environment variables. */
    withEnv(env: Readonly<Record<string, string>>): PulumiCli {
        return new PulumiCli(
            { ...this.options, env: { ...this.options.env, ...env } },
            this.version,
            this.word,
        );
    }
}
