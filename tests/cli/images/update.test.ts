import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import type { ReplacementStep } from "../../../automation/actions/hostReplacement/displacement";
import { AppError } from "../../../automation/errors";
import { host, task } from "../../helpers/awsObjects";
import {
    changes,
    chosenImage,
    step,
    type FakeContextOptions,
    type FakeStackOptions,
} from "../../helpers/fakes";
import { expectGolden } from "../../helpers/golden";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";

const instanceType = "aws:ec2/instance:Instance";
const urnOf = (number: number) => step("replace", instanceType, `sles-ecs-hosts-${number}`).urn;
const newer = {
    ...chosenImage,
    id: "ami-00000000000000922",
    name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    date: "20260922",
};
const sles16 = {
    ...chosenImage,
    id: "ami-00000000000001600",
    name: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
    date: "20260703",
};
const settings = (more = "") =>
    `config:\n    aws:region: us-east-1\n${more}    sles-ecs:hostImage:\n        # Since the audit.\n        lock:\n            id: ${chosenImage.id}\n            name: ${chosenImage.name}\n            date: "${chosenImage.date}"\n            region: us-east-1\n`;
const hostStep = (number: number, more: Partial<ReplacementStep> = {}): ReplacementStep => ({
    host: host(number, { imageName: chosenImage.name }),
    moving: [],
    homeless: [],
    ending: [],
    ...more,
});
const web = task("t-1", "service:web");
const full = hostStep(1, { moving: [web, web], homeless: [web] });
const steps = [
    hostStep(1, { moving: [web], ending: [task("t-2", "family:job", { taskDefinition: "job:7" })] }),
    hostStep(2),
];
const standing: FakeStackOptions = {
    resources: [1, 2].map((number) => ({
        type: instanceType,
        name: `sles-ecs-hosts-${number}`,
        id: `i-${number}`,
    })),
    preview: changes(
        [1, 2].map((number) => step("replace", instanceType, `sles-ecs-hosts-${number}`, ["ami"])),
    ),
};

interface Given extends Partial<FakeContextOptions> {
    readonly file?: string;
}

async function update(argv: readonly string[], { file = settings(), hosts, ...more }: Given = {}) {
    const directory = makeProject({ "Pulumi.dev.yaml": file });
    const played = await play(["images", "update", "dev", ...argv], {
        directory,
        stacks: { dev: standing },
        hosts: { image: newer, replacement: steps, ...hosts },
        ...more,
    });
    return { ...played, file: readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8") };
}
const changing = (calls: readonly string[]) =>
    calls.filter((call) => /^engine up|^aws (drainHost|renewHost|waitUntilReady)/.test(call));

describe("images update", () => {
    afterEach(removeFolders);

    it("shows its plan with every host in its turn, and changes nothing", async () => {
        const { transcript, context, file, exitCode } = await update(["--plan"]);
        expectGolden("cli/images-update-plan.txt", transcript);
        expect([exitCode, file, changing(context.calls)]).to.deep.equal([0, settings(), []]);
    });

    it("replaces the hosts one after the other: tasks off, this one host, ready, and only then the next", async () => {
        const { transcript, context, file } = await update(["--yes"]);
        expectGolden("cli/images-update.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            "aws drainHost i-1",
            `engine up targets=${urnOf(1)}`,
            "aws waitUntilReady",
            "aws drainHost i-2",
            `engine up targets=${urnOf(2)}`,
            "aws waitUntilReady",
            "engine up",
            "aws waitUntilReady",
        ]);
        expect(file).to.equal(
            settings()
                .replaceAll(chosenImage.id, newer.id)
                .replace(chosenImage.name, newer.name)
                .replace('20260910"', '20260922"'),
        );
    });

    it("has the group bring the new hosts where there is one, from a launch template that is renewed first", async () => {
        const { context } = await update(["--yes"], {
            file: settings("    sles-ecs:hosts: { mode: autoScaling, min: 1, max: 3 }\n"),
        });
        expect(changing(context.calls)).to.deep.equal([
            "engine up",
            "aws drainHost i-1",
            "aws renewHost i-1",
            "aws waitUntilReady",
            "aws drainHost i-2",
            "aws renewHost i-2",
            "aws waitUntilReady",
            "engine up",
            "aws waitUntilReady",
        ]);
    });

    it("stops at a host whose tasks do not move, and goes on from there the next time", async () => {
        const stuck = await update(["--yes"], {
            hosts: { errors: { drainHost: new AppError("TASKS_NOT_MOVED", { message: "stuck" }) } },
        });
        expect(stuck.exitCode).to.equal(5);
        expect(changing(stuck.context.calls)).to.deep.equal(["aws drainHost i-1"]);
        const { context, exitCode } = await update(["--yes"], {
            file: stuck.file,
            hosts: { replacement: [hostStep(2)] },
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls).slice(0, 2)).to.deep.equal([
            "aws drainHost i-2",
            `engine up targets=${urnOf(2)}`,
        ]);
    });

    it("has nothing to do where lock and hosts are there already", async () => {
        const { context, exitCode } = await update(["--yes"], {
            hosts: { image: chosenImage, replacement: [] },
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([0, []]);
        expect(context.io.out()).to.match(/^dev is on suse-sles-15-sp7-v20260910.* already/);
    });

    it("refuses another generation unless it is allowed, and then writes a filter that fits", async () => {
        const to = ["--to", sles16.name];
        const refused = await update(["--yes", ...to], { hosts: { image: sles16 } });
        expect([refused.exitCode, refused.file]).to.deep.equal([2, settings()]);
        expect(refused.context.io.err()).to.match(/is SLES 16\.0, and dev is on SLES 15 SP7/);
        const { file, exitCode, context } = await update(["--yes", "--allow-generation-change", ...to], {
            hosts: { image: sles16 },
        });
        expect(exitCode).to.equal(0);
        expect(context.requests.findHostImage[0]?.hostImage).to.include({
            filter: sles16.name,
            generation: 16,
        });
        expect(file)
            .to.match(/filter: suse-sles-16-0-v\*-ecs-hvm-ssd-x86_64\n/)
            .and.match(/# Since the audit\./);
    });

    it("refuses where tasks have no room elsewhere unless they may be interrupted", async () => {
        const hosts = { replacement: [full] };
        const refused = await update(["--yes"], { hosts });
        expect([refused.exitCode, refused.file]).to.deep.equal([2, settings()]);
        expectGolden("cli/images-update-no-room.txt", refused.transcript);
        const allowed = await update(["--yes", "--allow-interruption"], { hosts });
        expect(allowed.exitCode).to.equal(0);
    });

    it("asks first, and changes nothing after a no", async () => {
        const { exitCode, file, context } = await update([], { answers: [false] });
        expect([exitCode, file, changing(context.calls)]).to.deep.equal([6, settings(), []]);
    });

    it("needs consent where nobody can be asked", async () => {
        const { exitCode, file } = await update([]);
        expect([exitCode, file]).to.deep.equal([2, settings()]);
    });

    it("says what is wrong with a name that is no host image's", async () => {
        const { exitCode, context } = await update(["--to", "suse-sles-15-sp7-v20260922-hvm-ssd-x86_64"]);
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("--to is no host image");
    });

    it("answers with one JSON document", async () => {
        const { context } = await update(["--plan", "-o", "json"]);
        expect(JSON.parse(context.io.out())).to.deep.include({
            environment: "dev",
            from: chosenImage,
            to: newer,
            done: false,
            packageChanges: `https://publiccloudimagechangeinfo.suse.com/amazon/${newer.name}/package_version_changes.html`,
        });
    });
});
