import { expect } from "chai";

import { renderLine } from "../../../../components/model/commandLine";
import { formatBootStep } from "../../../../components/model/bootLog";
import { causeTitles, type CauseCode } from "../../../../components/model/diagnosis/cause";
import { diagnose } from "../../../../components/model/diagnosis/diagnose";
import type { HostEvidence, ProfileEvidence } from "../../../../components/model/diagnosis/evidence";

const ok = (step: "hold" | "storage" | "configure" | "start") =>
    formatBootStep({ step, result: "ok", seconds: 1, reason: "" });
const booted = [ok("hold"), ok("storage"), ok("configure"), ok("start")].join("\n");
const profile: ProfileEvidence = { name: "p", exists: true, roleName: "r", trustsEc2: true, denied: [] };

/** A host that runs, has all that it needs, and has not registered. */
const silent: HostEvidence = {
    instanceId: "i-1",
    state: "running",
    imageName: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    clusterName: "dev",
    clusterStatus: "ACTIVE",
    checks: { system: "ok", instance: "ok" },
    console: booted,
    userData: "own",
    metadata: "enabled",
    profile,
    missingLinks: [],
    ageSeconds: 900,
    unread: [],
};

const causeOf = (change: Partial<HostEvidence>): CauseCode | undefined =>
    diagnose({ ...silent, ...change }, "dev").cause;

describe("the cause for which a host is not ready", () => {
    /** Words of EC2: EC2 user guide, "Troubleshoot Amazon EC2 instance launch issues". */
    const launches: readonly (readonly [string, CauseCode])[] = [
        ["Server.InsufficientInstanceCapacity: Insufficient capacity to satisfy the request", "NO_CAPACITY"],
        ["Client.VolumeLimitExceeded: Volume limit exceeded", "VOLUME_LIMIT"],
        [
            "Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state",
            "KMS_KEY_UNUSABLE",
        ],
        ["Client.InternalError: Client error on launch", "KMS_KEY_UNUSABLE"],
        ["Client.InvalidSnapshot.NotFound: The specified snapshot was not found", "INSTANCE_GIVEN_UP"],
    ];
    for (const [stateReason, cause] of launches) {
        it(`is ${cause} where EC2 says ${stateReason}`, () => {
            expect(causeOf({ state: "terminated", stateReason })).to.equal(cause);
        });
    }

    it("is none where a person has terminated it", () => {
        const stateReason = "Client.UserInitiatedShutdown: User initiated shutdown";
        expect(causeOf({ state: "terminated", stateReason })).to.equal(undefined);
    });

    it("is the layer of IAM that denies, the policies where several do not allow", () => {
        const denied = (by: "policies" | "boundary" | "organization") =>
            causeOf({
                profile: { ...profile, denied: [{ action: "ecs:RegisterContainerInstance", by }] },
            });
        expect(denied("policies")).to.equal("ROLE_TOO_NARROW");
        expect(denied("boundary")).to.equal("BOUNDARY_DENIES");
        expect(denied("organization")).to.equal("ORGANIZATION_DENIES");
    });

    it("is that of the last boot, whatever the ones before have met", () => {
        const failed = formatBootStep({
            step: "storage",
            result: "failed",
            seconds: 1,
            reason: "/dev/nvme1n1 carries ext4, expected btrfs or nothing: not formatted",
        });
        const first = ["Linux version 6.4.0-150700 (geeko@buildhost)", ok("hold"), failed];
        const second = ["Linux version 6.4.0-150700 (geeko@buildhost)", booted];
        expect(causeOf({ console: first.join("\n") })).to.equal("VOLUME_HAS_OTHER_DATA");
        expect(causeOf({ console: [...first, ...second].join("\n") })).to.equal(undefined);
    });

    it("is a boot that stopped for a reason that is not known, with that reason", () => {
        const failed = formatBootStep({ step: "start", result: "failed", seconds: 1, reason: "no docker" });
        const { cause, evidence, remedy } = diagnose(
            { ...silent, console: `${ok("hold")}\n${failed}` },
            "dev",
        );
        expect([cause, evidence]).to.deep.equal([
            "BOOT_STEP_FAILED",
            ["its boot stopped at step start (start docker and the ECS agent): no docker"],
        ]);
        expect(renderLine(remedy ?? "")).to.equal("put that right, then: sles-ecs hosts reboot dev i-1");
    });

    it("is an agent that remembers another cluster, or that something holds back", () => {
        const said =
            "ecs-agent[2012]: level=critical msg=\"Data mismatch; saved cluster 'old' does not match configured cluster 'dev'\"";
        expect(causeOf({ console: `${booted}\n${said}` })).to.equal("SAVED_OTHER_CLUSTER");
        const held = "systemd[1]: Stopped Amazon Elastic Container Service - container agent.\nip-1 login: ";
        expect(causeOf({ console: held, userData: "foreign" })).to.equal("AGENT_HELD");
    });

    it("is looked for as well where ECS still has the registration of a host that has lost its way since", () => {
        const registration = { clusterName: "dev", status: "ACTIVE", agentConnected: false };
        expect(causeOf({ registration })).to.equal("AGENT_DISCONNECTED");
        const noRoute = { to: "ecs", link: "route", reason: "no route", remedy: "make one" } as const;
        expect(causeOf({ registration, missingLinks: [noRoute] })).to.equal("NO_WAY_TO_ECS");
        expect(causeOf({ registration, metadata: "disabled" })).to.equal("METADATA_DISABLED");
        expect(causeOf({ registration, profile: { exists: false, denied: [] } })).to.equal(
            "NO_INSTANCE_PROFILE",
        );
        expect(causeOf({ registration, state: "pending" })).to.equal("STILL_BOOTING");
        const connected = { ...registration, agentConnected: true, status: "DRAINING" };
        expect(causeOf({ registration: connected, missingLinks: [noRoute] })).to.equal("HOST_DRAINING");
    });

    it("is not that user data did not run while a console may only be late", () => {
        const console = "ip-10-0-0-1 login: [   12.1] cloud-init[1]: done";
        expect(causeOf({ console, ageSeconds: 60 })).to.equal(undefined);
        expect(causeOf({ console, ageSeconds: 900 })).to.equal("USER_DATA_NOT_RUN");
    });

    it("is not what SELinux denies others, or only notes, nor what another disk lacks", () => {
        const denied = (comm: string, permissive: number) =>
            causeOf({
                console: `audit: type=1400 avc:  denied  { ptrace } comm="${comm}" permissive=${permissive}\n${booted}`,
            });
        expect(denied("agent", 0)).to.equal("SELINUX_DENIES");
        expect(denied("agent", 1)).to.equal(undefined);
        expect(denied("chronyd", 0)).to.equal(undefined);
        const watches = "systemd[1]: Failed to add a watch: No space left on device";
        expect(causeOf({ console: `${watches}\n${booted}` })).to.equal(undefined);
    });

    it("is no volume that nobody could look for", () => {
        const late = "docker volume vol-1 (/dev/sdf) was not attached within 600 s";
        const failed = formatBootStep({ step: "storage", result: "failed", seconds: 600, reason: late });
        const console = `${ok("hold")}\n${failed}`;
        expect(causeOf({ console })).to.equal("VOLUME_NOT_ATTACHED");
        expect(causeOf({ console, unread: ["volumes: not allowed"] })).to.equal("BOOT_STEP_FAILED");
    });

    it("is what the boot meets first, where several things are wrong", () => {
        const noRoute = { to: "s3", link: "route", reason: "no route", remedy: "make one" } as const;
        const both = { missingLinks: [noRoute], profile: { exists: false, denied: [] } };
        expect(causeOf(both)).to.equal("NO_ROUTE");
        const failed = formatBootStep({ step: "storage", result: "failed", seconds: 1, reason: "no" });
        expect(causeOf({ ...both, console: `${ok("hold")}\n${failed}` })).to.equal("BOOT_STEP_FAILED");
        expect(causeOf({ ...both, checks: { system: "impaired", instance: "ok" } })).to.equal(
            "SYSTEM_IMPAIRED",
        );
    });

    it("is not that its cluster is missing where nobody could read that", () => {
        expect(causeOf({ clusterStatus: undefined, unread: ["the cluster: not allowed"] })).to.equal(
            undefined,
        );
        expect(causeOf({ clusterStatus: "none" })).to.equal("CLUSTER_GONE");
    });

    it("is nothing that is known where nothing fits; then all that was read is shown", () => {
        const error = 'ecs-agent[2012]: level=error msg="Unable to register" error="RequestCanceled"';
        expect(diagnose({ ...silent, console: `${booted}\n${error}` }, "dev")).to.deep.equal({
            evidence: [
                "status checks: system ok, instance ok",
                "its boot got through to the end",
                "its agent says: RequestCanceled",
            ],
        });
    });

    describe("in the words of the host itself", () => {
        // Words: amazon-ecs-agent, agent/app/agent.go and ecs-agent/api/ecs/client; moby, cmd/dockerd; AWS SDK for Go v2.
        const at = "time=2026-11-30T06:00:00Z";
        const refused = `level=critical ${at} msg="Instance registration attempt with invalid attribute(s)" error="x"`;
        const words: readonly (readonly [string, CauseCode])[] = [
            [
                `level=critical ${at} msg="Unable to fetch host resources" module=agent.go`,
                "RESERVED_TOO_MUCH",
            ],
            [
                `level=critical ${at} msg="Data mismatch; saved cluster 'a' does not match configured cluster 'b'. Perhaps you want to delete the configured checkpoint file?"`,
                "SAVED_OTHER_CLUSTER",
            ],
            ['[   9.1] ip audit[812]: avc:  denied  { ptrace } comm="agent" permissive=0', "SELINUX_DENIES"],
            ["[   9.1] ip dockerd[912]: failed to start daemon: x", "DOCKER_NOT_RUNNING"],
            [
                "[   9.1] ip systemd[1]: Failed to start Docker Application Container Engine.",
                "DOCKER_NOT_RUNNING",
            ],
            [
                "[   9.1] ip dockerd[912]: write /var/lib/docker/x: no space left on device",
                "DOCKER_DISK_FULL",
            ],
            ["[   9.1] ip dockerd[912]: no space left on device\ndisk: 100% of / is used", "ROOT_DISK_FULL"],
            [
                `level=error ${at} msg="Unable to register" error="InvalidSignatureException: Signature expired: now"`,
                "CLOCK_WRONG",
            ],
            [
                `level=error ${at} msg="Unable to register" error="no EC2 IMDS role found"`,
                "CREDENTIALS_UNUSABLE",
            ],
            [`level=error ${at} msg="Failed to load pause container: x"`, "PAUSE_IMAGE_UNREADABLE"],
            [refused, "REGISTRATION_REFUSED"],
        ];
        for (const [line, cause] of words) {
            it(`is ${cause} where they are: ${line.replace(/^\[ *\S+ ip |^level=\w+ \S+ /, "")}`, () => {
                const found = diagnose({ ...silent, logs: `${line}\n` }, "dev");
                expect(found.cause).to.equal(cause);
                expect(found.remedy).to.not.equal(undefined);
            });
        }

        it("is none of what was over when the agent joined", () => {
            const joined = `level=info ${at} msg="Registered container instance with cluster!" cluster="dev"`;
            expect(causeOf({ logs: `${refused}\n${joined}\n` })).to.equal(undefined);
            expect(causeOf({ logs: `${joined}\n${refused}\n` })).to.equal("REGISTRATION_REFUSED");
        });

        it("is not that docker does not run where it has started since", () => {
            const failed = "[   9.1] ip dockerd[912]: failed to start daemon: x";
            const started = "[  19.1] ip systemd[1]: Started Docker Application Container Engine.";
            expect(causeOf({ logs: `${failed}\n${started}\n` })).to.equal(undefined);
        });

        describe("of a full disk", () => {
            const once = `level=error ${at} msg="Error pulling" error="write /var/lib/docker/tmp/x: no space left on device"`;
            const used = (percent: number) =>
                `disk: 31% of / is used\ndisk: ${percent}% of /var/lib/docker is used`;

            it("is none that has room again by now", () => {
                expect(causeOf({ logs: `${once}\n${used(12)}\n` })).to.equal(undefined);
                expect(causeOf({ logs: `${once}\n${used(95)}\n` })).to.equal("DOCKER_DISK_FULL");
                const root = "disk: 40% of / is used\ndisk: 40% of / is used";
                expect(causeOf({ logs: `${once}\n${root}\n` })).to.equal(undefined);
                expect(causeOf({ logs: `${once}\n${root.replaceAll("40", "97")}\n` })).to.equal(
                    "ROOT_DISK_FULL",
                );
            });

            it("is one all the same where docker did not start for it", () => {
                const failed =
                    "[   9.1] ip dockerd[912]: failed to start daemon: mkdir x: no space left on device";
                expect(causeOf({ logs: `${failed}\n${used(60)}\n` })).to.equal("DOCKER_DISK_FULL");
            });

            it("leaves the word to what else is wrong once it is none", () => {
                const profileGone = { profile: { exists: false, denied: [] } };
                expect(causeOf({ ...profileGone, logs: `${once}\n${used(12)}\n` })).to.equal(
                    "NO_INSTANCE_PROFILE",
                );
            });
        });

        describe("has a remedy that reaches the host:", () => {
            const remedyOf = (change: Partial<HostEvidence>): string => {
                const { remedy } = diagnose({ ...silent, ...change }, "dev");
                return remedy === undefined ? "" : renderLine(remedy);
            };
            const full = { logs: "[   9.1] ip dockerd[912]: no space left on device\n" };
            const reserved = { logs: `level=critical ${at} msg="Unable to fetch host resources"\n` };

            it("a fixed host sees a grown volume after a reboot, and one of a group gives way", () => {
                expect(remedyOf(full)).to.match(/then: .*up dev, then: .*hosts reboot dev i-1$/);
                expect(remedyOf({ ...full, isOfGroup: true })).to.match(/then: .*up dev --roll$/);
                expect(remedyOf(reserved)).to.match(/then: .*up dev$/);
                expect(remedyOf({ ...reserved, isOfGroup: true })).to.match(/then: .*up dev --roll$/);
            });

            it("a restart makes our bootstrap forget another cluster, also where nobody could read the user data", () => {
                const saved = {
                    logs: `level=critical ${at} msg="Data mismatch; saved cluster 'a' does not match configured cluster 'b'"\n`,
                };
                for (const userData of ["own", undefined] as const) {
                    expect(remedyOf({ ...saved, userData })).to.match(/hosts start-agent dev i-1$/);
                }
                expect(remedyOf({ ...saved, userData: "foreign" })).to.match(/hosts replace dev i-1$/);
            });
        });

        it("is none of a full disk where somebody else than docker and the agent is short of room", () => {
            expect(causeOf({ logs: "[   9.1] ip cron[3]: no space left on device\n" })).to.equal(undefined);
        });
    });

    it("is a boot under way only as long as a boot may take", () => {
        const console = `${ok("hold")}\n`;
        expect(causeOf({ console, ageSeconds: 60 })).to.equal("STILL_BOOTING");
        expect(causeOf({ console, ageSeconds: 3600 })).to.equal(undefined);
        expect(causeOf({ console: undefined, state: "pending" })).to.equal("STILL_BOOTING");
    });
});

describe("the names of causes", () => {
    it("have the form of the codes of errors, and a title each that begins small and has no full stop", () => {
        for (const [code, title] of Object.entries(causeTitles)) {
            expect(code).to.match(/^[A-Z]+(_[A-Z0-9]+)*$/);
            expect(title).to.match(/^([a-z]|EC2|SELinux).*[^.]$/);
        }
    });
});
