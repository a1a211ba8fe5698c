import { readFileSync } from "node:fs";
import path from "node:path";
import type { ReplacementStep } from "../../../../../automation/hosts/replacement/displacement";
import { host, task } from "../../../../helpers/awsObjects";
import {
    changes,
    chosenImage,
    step,
    type FakeContextOptions,
    type FakeStackOptions,
} from "../../../../helpers/fakes";
import { fakePint } from "../../../../helpers/fakePint";
import { pintRecord } from "../../../../helpers/pintServer";
import { makeProject } from "../../../../helpers/project";
import { play, type Played } from "../../../../helpers/transcript";
import { newer } from "../lockCase";

export const instanceType = "aws:ec2/instance:Instance";
export const urnOf = (number: number): string =>
    step("replace", instanceType, `sles-ecs-hosts-${number}`).urn;
/** The image to change to. */
export { newer };
export const sles16 = {
    ...chosenImage,
    id: "ami-00000000000001600",
    name: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
    date: "20260703",
};
export const settings = (more = ""): string =>
    `config:\n    aws:region: us-east-1\n${more}    sles-ecs:hostImage:\n        # Since the audit.\n        lock:\n            id: ${chosenImage.id}\n            name: ${chosenImage.name}\n            date: "${chosenImage.date}"\n            region: us-east-1\n`;
export const hostStep = (number: number, more: Partial<ReplacementStep> = {}): ReplacementStep => ({
    host: host(number, { imageName: chosenImage.name }),
    moving: [],
    homeless: [],
    ending: [],
    ...more,
});
export const web = task("t-1", "service:web");
export const full = hostStep(1, { moving: [web, web], homeless: [web] });
export const steps = [hostStep(1, { moving: [web] }), hostStep(2)];
export const job = task("t-2", "family:job", { taskDefinition: "job:7" });
/** Two hosts, of which the engine would replace these. */
export const standingWith = (...numbers: readonly number[]): FakeStackOptions => ({
    resources: [1, 2].map((number) => ({
        type: instanceType,
        name: `sles-ecs-hosts-${number}`,
        id: `i-${number}`,
    })),
    preview: changes(
        numbers.map((number) => step("replace", instanceType, `sles-ecs-hosts-${number}`, ["ami"])),
    ),
});
export const standing = standingWith(1, 2);

const pages = `https://changes.example/${newer.name}`;
/** A pint that knows what changed in the newer image, if that is where an update leads. */
const pint = fakePint([pintRecord({ ...newer, region: "us-east-1", changeinfo: `${pages}/` })], undefined, {
    [`${pages}/package_version_changes.html`]: [
        { name: "amazon-ecs-init", to: "1.95.0-150000.1.1" },
        { name: "bash", from: "5.1", to: "5.2" },
        { name: "kernel-default", from: "6.4.0-150700.53.11.1", to: "6.4.0-150700.53.16.1" },
    ],
});

interface Given extends Partial<FakeContextOptions> {
    readonly file?: string;
}

/** Plays `images update dev` on two hosts that run an older image. */
export async function update(
    argv: readonly string[],
    { file = settings(), hosts, ...more }: Given = {},
): Promise<Played & { readonly file: string }> {
    const directory = makeProject({ "Pulumi.dev.yaml": file });
    const played = await play(["images", "update", "dev", ...argv], {
        directory,
        stacks: { dev: standing },
        hosts: { image: newer, replacement: steps, ...hosts },
        pint,
        ...more,
    });
    return { ...played, file: readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8") };
}
/** What changed something, or waited for it, in order. */
export const changing = (calls: readonly string[]): readonly string[] =>
    calls.filter((call) => /^engine up|^aws (drainHost|renewHost|reopenHost|waitUntilReady)/.test(call));
