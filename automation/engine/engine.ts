import path from "node:path";

import type { Context, EngineOptions } from "../ports/context";
import type { Engine, EnvironmentSummary } from "../ports/engine";
import { asRecord, openProject, type Project } from "../settings/project";
import { preparePulumi } from "../setup";

import { findBackend, type StateBackend } from "./backend";
import { mapEngineError } from "./engineErrors";
import { loadProgram } from "./automationApi";
import { PulumiCli, PulumiFailure } from "./pulumiCli";
import { PulumiStack } from "./stack";
import { parseState, type StackState } from "./state";

/** What the engine needs of its surroundings. */
export type EngineContext = Pick<Context, "env" | "io" | "signal" | "killSignal" | "directory">;

/** The Pulumi engine for the stacks of one project, in whatever state backend the person uses. */
export async function createEngine(options: EngineOptions, context: EngineContext): Promise<Engine> {
    const project = await openProject(context, options.projectDirectory);
    const { command, version, source } = await preparePulumi({
        env: context.env,
        signal: context.signal,
        report: (line) => context.io.stderr(`${line}\n`),
    });
    const cli = new PulumiCli(
        {
            command,
            directory: project.directory,
            env: context.env,
            signal: context.signal,
            killSignal: context.killSignal,
        },
        version,
        source === "path" ? "pulumi" : command,
    );
    const backend = await findBackend(project, context.env);
    return {
        list: () => listStacks(cli),
        open: async (environment) => {
            const [state, organization] = await Promise.all([
                readState(cli, environment, backend, project),
                findOrganization(cli, backend),
                // Begun after the CLI has started, because it keeps this process busy for a while.
                options.runsProgram === true ? loadProgram() : undefined,
            ]);
            return new PulumiStack({
                cli,
                backend,
                state,
                name: environment,
                qualifiedName: `${organization}/${project.name}/${environment}`,
                settingsFile: path.join(project.settingsDirectory, `Pulumi.${environment}.yaml`),
            });
        },
    };
}

async function listStacks(cli: PulumiCli): Promise<readonly EnvironmentSummary[]> {
    try {
        const { stdout } = await cli.run(["stack", "ls", "--json"]);
        return (JSON.parse(stdout) as unknown[]).map(asRecord).map((stack) => ({
            name: String(stack["name"]).split("/").at(-1) ?? "",
            updateInProgress: stack["updateInProgress"] === true,
            current: stack["current"] === true,
            ...(typeof stack["lastUpdate"] === "string" ? { lastUpdate: stack["lastUpdate"] } : {}),
            ...(typeof stack["resourceCount"] === "number" ? { resourceCount: stack["resourceCount"] } : {}),
        }));
    } catch (error) {
        throw mapEngineError(error, { operation: "read", interrupted: cli.signal.aborted, pulumi: cli.word });
    }
}

/** The state needs no passphrase to be read, and no program: the quickest way to know whether a stack is there. */
async function readState(
    cli: PulumiCli,
    stack: string,
    backend: StateBackend,
    project: Project,
): Promise<StackState | undefined> {
    try {
        return parseState((await cli.run(["stack", "export", "--stack", stack])).stdout);
    } catch (error) {
        if (error instanceof PulumiFailure && /no stack named '.*' found/.test(error.answer.stderr)) {
            return undefined;
        }
        throw mapEngineError(error, {
            stack,
            operation: "read",
            interrupted: cli.signal.aborted,
            pulumi: cli.word,
            ...(backend.directory === undefined
                ? {}
                : {
                      stateFile: path.join(
                          backend.directory,
                          ".pulumi",
                          "stacks",
                          project.name,
                          `${stack}.json`,
                      ),
                  }),
        });
    }
}

/** Buckets and folders have one organization, by this name; Pulumi's service is asked. */
async function findOrganization(cli: PulumiCli, backend: StateBackend): Promise<string> {
    if (!backend.isService) {
        return "organization";
    }
    const answers = [["org", "get-default"], ["whoami"]];
    for (const args of answers) {
        const name = await cli.run(args).then(
            ({ stdout }) => stdout.trim(),
            () => "",
        );
        if (/^[\w-]+$/.test(name)) {
            return name;
        }
    }
    return "organization";
}
