import { expect } from "chai";

import type { FakeAws, FakeAwsState } from "../../../helpers/fakeAws";
import { tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play, type Played } from "../../../helpers/transcript";
import { onAlice, runningAlice } from "../../pause/pauseCase";

const url = "123456789012.dkr.ecr.us-east-1.amazonaws.com/alice/sles12";
const digest = `sha256:${"a".repeat(64)}`;
const packageName = "sles12-docker-image";
const mayPush = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:role/x" }, Action: ["ecr:PutImage"] }],
});

describe("containers on hosts", () => {
    let account: FakeAws;
    /** What hosts say to a script, by the name of its command. */
    let said: Record<string, { output?: string; errors?: string; pushes?: string }>;

    beforeEach(() => {
        said = {
            "list-containers": {
                output: `installed|${packageName}|SLES 12\navailable|sles11sp4-docker-image|SLES 11\navailable|kiwi-image|no container\n`,
            },
            "install-container": { output: `installed: ${packageName}-1.1.4-1.x86_64\n` },
            "push-container": {
                output: `image: suse/sles12:1.1.4\ntag: 1.1.4-1\ndigest: ${digest}\n`,
                pushes: digest,
            },
        };
        const shell: FakeAwsState["shell"] = (_id, { text }, state) => {
            const name = /^# sles-ecs command: (\S+)$/m.exec(text)?.[1] ?? "";
            const { output = "", errors = "", pushes } = said[name] ?? {};
            if (pushes !== undefined) {
                const own = state.repositories["alice/sles12"];
                state.repositories["alice/sles12"] = {
                    ...own,
                    images: 1,
                    tags: own?.tags ?? {},
                    tagged: { "1.1.4-1": pushes },
                };
            }
            return errors === ""
                ? { output }
                : { status: "Failed", statusDetails: "Failed", exitCode: 1, errors };
        };
        account = runningAlice({
            shell,
            repositories: { "alice/sles12": { images: 0, tags: tagsOf("alice"), policy: mayPush } },
        });
        account.state.managedNodes = Object.fromEntries(
            account.state.instances.map(({ instanceId }) => [instanceId, "Online"]),
        );
    });
    afterEach(removeFolders);

    function run(...argv: readonly string[]): Promise<Played> {
        const options = onAlice(account);
        const alice = { ...options.stacks?.["alice"] };
        const outputs = { ...alice.outputs, repositoryUrls: { sles12: url } };
        return play(["containers", ...argv], { ...options, stacks: { alice: { ...alice, outputs } } });
    }
    const scripts = () => account.changes.filter((one) => one.startsWith("runShellScript"));

    it("list shows packages with container images alone, and what the repositories hold", async () => {
        const own = account.state.repositories["alice/sles12"];
        account.state.repositories["alice/sles12"] = {
            ...own,
            images: 1,
            tags: {},
            tagged: { "12.5": digest },
        };
        const { transcript, exitCode } = await run("list", "alice");
        expect(exitCode, transcript).to.equal(0);
        expectGolden("cli/containers-list.txt", transcript);
    });

    it("list tells what is in the repositories also where SSM reaches no host", async () => {
        account.state.managedNodes = {};
        const { transcript, exitCode } = await run("list", "alice");
        expect(exitCode).to.equal(0);
        expect(transcript).to.contain("packages are not known: AWS Systems Manager reaches no host of alice");
    });

    it("install has every host install the package, and tells what became of it on each", async () => {
        const { transcript, exitCode } = await run("install", "alice", packageName);
        expect(exitCode, transcript).to.equal(0);
        expectGolden("cli/containers-install.txt", transcript);
    });

    it("install names the hosts that SSM does not reach, and leaves them alone", async () => {
        const [first = ""] = Object.keys(account.state.managedNodes);
        account.state.managedNodes = { [first]: "Online" };
        const { transcript, exitCode } = await run("install", "alice", packageName);
        expect(exitCode).to.equal(0);
        const others = account.state.instances.filter(({ instanceId }) => instanceId !== first);
        expect(others.length).to.be.greaterThan(0);
        others.forEach(({ instanceId }) =>
            expect(transcript).to.match(new RegExp(`${instanceId} +not reached`)),
        );
    });

    it("install tells of a host without room, and fails", async () => {
        said["install-container"] = {
            errors: "zypper could not install it: Installation has completed with error. No space left on device",
        };
        const { transcript, exitCode } = await run("install", "alice", packageName);
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("No space left on device").and.to.contain("HOST_COMMAND_FAILED");
    });

    for (const name of ["vim", "x; reboot", "sles12-docker-image'"]) {
        it(`install refuses ${name}, and sends nothing to any host`, async () => {
            const { exitCode, transcript } = await run("install", "alice", name);
            expect(exitCode).to.equal(2);
            expect(transcript).to.contain("expected a package with a container image");
            expect(scripts()).to.deep.equal([]);
        });
    }

    it("push has a host that has the package push, and asks ECR for the digest", async () => {
        const { transcript, exitCode } = await run("push", "alice", packageName);
        expect(exitCode, transcript).to.equal(0);
        expectGolden("cli/containers-push.txt", transcript);
    });

    it("push is not content with another digest in ECR than the host has pushed", async () => {
        said["push-container"] = { ...said["push-container"], pushes: "sha256:other" };
        const { transcript, exitCode } = await run("push", "alice", packageName);
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("PUSH_NOT_PROVEN").and.to.contain("sha256:other");
    });

    it("push refuses where hosts may not push, and says both ways on", async () => {
        const own = {
            images: 0,
            tags: tagsOf("alice"),
            policy: mayPush.replace("PutImage", "BatchGetImage"),
        };
        account.state.repositories["alice/sles12"] = own;
        const { transcript, exitCode } = await run("push", "alice", packageName);
        expect(exitCode).to.equal(2);
        expect(transcript)
            .to.contain("containerRegistry.pushFromHosts=true")
            .and.to.contain("containers copy alice");
        expect(scripts()).to.deep.equal([]);
    });

    it("push says how to have the package where no host has it", async () => {
        said["list-containers"] = { output: `available|${packageName}|SLES 12\n` };
        const { transcript, exitCode } = await run("push", "alice", packageName);
        expect(exitCode).to.equal(3);
        expect(transcript).to.contain(`sles-ecs containers install alice ${packageName}`);
    });

    it("push refuses a repository that everybody may pull from", async () => {
        const policy = JSON.stringify({
            Statement: { Effect: "Allow", Principal: "*", Action: "ecr:PutImage" },
        });
        account.state.repositories["alice/sles12"] = { images: 0, tags: tagsOf("alice"), policy };
        const { transcript, exitCode } = await run("push", "alice", packageName);
        expect(exitCode).to.equal(2);
        expect(transcript).to.contain("PUBLIC_REGISTRY_REFUSED");
        expect(scripts()).to.deep.equal([]);
    });

    it("push refuses public registries with the licence's reason", async () => {
        for (const to of ["public.ecr.aws/x/y", "docker.io/x/y", "ghcr.io/x/y", "quay.io/x/y"]) {
            const { transcript, exitCode } = await run("push", "alice", packageName, "--to", to);
            expect(exitCode).to.equal(2);
            expect(transcript).to.contain("license of SUSE Linux Enterprise Server does not allow");
        }
        expect(scripts()).to.deep.equal([]);
    });

    for (const [what, errors, code] of [
        [
            "docker that does not answer",
            "docker does not answer on this host: docker.service is inactive",
            "HOST_COMMAND_FAILED",
        ],
        ["a full disk", "docker cannot load it: no space left on device", "HOST_COMMAND_FAILED"],
        [
            "a tag that is taken",
            "docker cannot push: tag invalid: The image tag '1.1.4-1' already exists in the 'alice/sles12' repository and cannot be overwritten because the tag is immutable.",
            "IMAGE_TAG_TAKEN",
        ],
        [
            "a tag that holds another image already",
            "the tag 1.1.4-1 already exists in alice/sles12, for another image",
            "IMAGE_TAG_TAKEN",
        ],
    ] as const) {
        it(`push tells of ${what}`, async () => {
            said["push-container"] = { errors };
            const { transcript, exitCode } = await run("push", "alice", packageName);
            expect(exitCode).to.not.equal(0);
            expect(transcript).to.contain(code);
        });
    }

    it("push again says that the image is there already, and ends well", async () => {
        const own = { images: 1, tags: tagsOf("alice"), policy: mayPush, tagged: { "12": digest } };
        account.state.repositories["alice/sles12"] = own;
        const output = `there already: yes\nimage: suse/sles12:1.1.4\ntag: 12\ndigest: ${digest}\n`;
        said["push-container"] = { output };
        const { transcript, exitCode } = await run("push", "alice", packageName, "--tag", "12");
        expect(exitCode, transcript).to.equal(0);
        expect(transcript).to.contain("there already, nothing was pushed");
        const json = await run("push", "alice", packageName, "--tag", "12", "--output", "json");
        expect(json.transcript).to.match(/"wasThere": true/);
    });

    it("push does not believe a host that an image is there already", async () => {
        const output = `there already: yes\nimage: suse/sles12:1.1.4\ntag: 12\ndigest: ${digest}\n`;
        said["push-container"] = { output };
        const { transcript, exitCode } = await run("push", "alice", packageName, "--tag", "12");
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("PUSH_NOT_PROVEN");
    });
});
