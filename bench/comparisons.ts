import path from "node:path";

import type { MeasuredCommand } from "./command";
import type { Comparison } from "./measure";
import { writePulumiBaseline } from "./pulumiBaseline";
import { createUnderLatency, engineFloor, slesEcs, statusOfMany } from "./growth";
import { environment, type Stage } from "./stage";

/** What is compared with what. The limits are promises of the README. */
export function comparisons(stage: Stage, cdkFolder: string): readonly Comparison[] {
    const baselineProject = path.join(stage.directory, "baseline");
    writePulumiBaseline(baselineProject, path.join(stage.project, `Pulumi.${environment}.yaml`));
    const ours = (...args: readonly string[]): MeasuredCommand => slesEcs(stage, ...args);
    const pulumi = (title: string, ...args: readonly string[]): MeasuredCommand => ({
        title,
        program: stage.pulumi,
        args,
        directory: baselineProject,
        env: stage.env,
    });
    // It fails where it finds a change: then the two sides would not do the same work.
    const upArguments = [
        "up",
        "--skip-preview",
        "--expect-no-changes",
        "--yes",
        "--non-interactive",
        "--stack",
        environment,
    ];
    return [
        { name: "help", ours: ours("--help"), baseline: pulumi("pulumi --help", "--help"), limit: 1.5 },
        {
            name: "no-op up",
            ours: ours("up", environment, "--yes"),
            baseline: pulumi("pulumi up --skip-preview (as pulumi new aws-typescript)", ...upArguments),
            limit: 0.4,
        },
        {
            name: "preview",
            ours: ours("preview", environment, "--expect-no-changes"),
            baseline: {
                title: "cdk synth (as cdk init --language typescript)",
                program: path.join(cdkFolder, "node_modules", ".bin", "cdk"),
                args: ["synth", "--quiet", "--no-notices", "--no-version-reporting"],
                directory: cdkFolder,
                env: process.env,
            },
            limit: 0.3,
        },
        engineFloor(stage, environment),
        createUnderLatency(stage),
        statusOfMany(stage),
    ];
}
