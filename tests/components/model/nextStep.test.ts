import { expect } from "chai";
import { wordNextStep } from "../../../automation/errors/wordNextStep";
import { renderLine } from "../../../components/model/commandLine";
import type { NextStep } from "../../../components/model/nextStep";
import { problemText } from "../../../components/refusal";

const steps: readonly (readonly [NextStep, string, string, string])[] = [
    ["wait", "wait", "wait", "wait"],
    [
        { do: "updateImage", environment: "dev", to: "suse-x" },
        "sles-ecs images update dev --to suse-x",
        "sles-ecs images update dev --to suse-x",
        "set hostImage.lock to suse-x in the program's settings",
    ],
    [
        ["lock it: ", { do: "lockImage", environment: "dev" }, "; or not"],
        "lock it: sles-ecs images lock dev; or not",
        "lock it: sles-ecs images lock dev; or not",
        "lock it: set hostImage.lock to it in the program's settings; or not",
    ],
    [
        { do: "lockImage", environment: "dev", newest: true },
        "sles-ecs images lock dev --newest",
        "sles-ecs images lock dev --newest",
        "set hostImage.lock to the newest image in the program's settings",
    ],
    [
        { do: "listHostImages", region: "eu-west-1" },
        "sles-ecs images list --region eu-west-1 --filter name~ecs",
        "sles-ecs images list --region eu-west-1 --filter name~ecs",
        "sles-ecs images list --region eu-west-1 --filter name~ecs",
    ],
    [
        { do: "adoptCluster", environment: "dev" },
        "sles-ecs up dev --adopt-cluster",
        "pulumi config set sles-ecs:adoptCluster true",
        "set adoptCluster to true in the program's settings",
    ],
    [
        { do: "setSetting", path: "hosts.rootVolumeGiB", value: 12, bound: "or more" },
        "set hosts.rootVolumeGiB to 12 or more",
        "pulumi config set --path sles-ecs:hosts.rootVolumeGiB 12",
        "set hosts.rootVolumeGiB to 12 or more in the program's settings",
    ],
    [
        { do: "unsetSetting", path: "adoptCluster" },
        "leave adoptCluster out of the settings",
        "leave adoptCluster out: pulumi config rm --path sles-ecs:adoptCluster",
        "leave adoptCluster out of the program's settings",
    ],
];

describe("a next step", () => {
    for (const [step, byCommandLine, byPulumi, inProgram] of steps) {
        it(`is worded by each door in its own commands: ${byCommandLine}`, () => {
            expect(renderLine(wordNextStep(step))).to.equal(byCommandLine);
            const problem = { path: "a.b", message: "no", hint: step, severity: "error" } as const;
            expect(problemText(problem, "configuration")).to.equal(`a.b: no (${byPulumi})`);
            expect(problemText(problem, "program")).to.equal(`a.b: no (${inProgram})`);
        });
    }
});
