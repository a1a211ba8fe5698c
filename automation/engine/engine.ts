import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import type { Context, EngineOptions } from "../ports/context";
import type { Engine, EnvironmentSummary } from "../ports/engine";
import { asRecord, openProject, settingsFilePath } from "../settings/project";
import { preparePulumi } from "../setup";

import { loadProgram } from "./automationApi";
import { findBackend, stateFileOf, type StateBackend } from "./backend";
import { mapEngineError } from "./engineErrors";

import { PulumiCli } from "./pulumiCli";
import { Runner } from "./runner";
import { PulumiStack } from "./stack";
import type { StackState } from "./state";

/** What the engine needs of its surroundings. */
type EngineContext = Pick<Context, "env" | "io" | "signal" | "killSignal" | "directory">;

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
        source === "path" ? "pulumi" : shellWord(command),
    );
    const backend = await findBackend(project, context.env);
    return {
        list: () => listStacks(cli),
        open: async (environment) => {
            const stateFile = stateFileOf(backend, project.name, environment);
            const runner = new Runner(cli, { name: environment, stateFile });
            const [state, organization] = await Promise.all([
                readState(runner),
                findOrganization(cli, backend),
                // Begun after the CLI has started, because it keeps this process busy for a while.
                options.runsProgram === true ? loadProgram() : undefined,
            ]);
            return new PulumiStack({
                runner,
                backend,
                state,
                name: environment,
                qualifiedName: `${organization}/${project.name}/${environment}`,
                settingsFile: settingsFilePath(project, environment),
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
            lastUpdate: typeof stack["lastUpdate"] === "string" ? stack["lastUpdate"] : undefined,
            resourceCount: typeof stack["resourceCount"] === "number" ? stack["resourceCount"] : undefined,
        }));
    } catch (error) {
        throw mapEngineError(error, { operation: "read", interrupted: cli.signal.aborted, pulumi: cli.word });
    }
}

/** Undefined where the backend has no such stack. */
async function readState(runner: Runner): Promise<StackState | undefined> {
    try {
        return await runner.readState();
    } catch (error) {
        if (error instanceof AppError && error.code === "ENVIRONMENT_NOT_FOUND") {
            return undefined;
        }
        throw error;
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
