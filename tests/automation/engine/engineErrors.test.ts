import { expect } from "chai";

import { command, renderLine } from "../../../components/model/commandLine";
import { mapEngineError, type FailurePlace } from "../../../automation/engine/engineErrors";
import { PulumiFailure } from "../../../automation/engine/pulumiCli";
import { AppError } from "../../../automation/errors/appError";

const place: FailurePlace = { stack: "dev", operation: "up", interrupted: false, pulumi: "pulumi" };

function failure(stderr: string, killedBy?: NodeJS.Signals): PulumiFailure {
    const answer = { stdout: "", stderr, exitCode: 255 };
    return new PulumiFailure(["up"], killedBy === undefined ? answer : { ...answer, killedBy });
}

function map(stderr: string, more: Partial<FailurePlace> = {}): AppError {
    const error = mapEngineError(failure(stderr), { ...place, ...more });
    expect(error).to.be.instanceOf(AppError);
    return error as AppError;
}

describe("what the Pulumi CLI says, as errors for people", () => {
    // Each text was printed by Pulumi v3.246.0 when that very thing was wrong.
    const seen: readonly (readonly [code: string, exitCode: number, stderr: string])[] = [
        ["ENVIRONMENT_NOT_FOUND", 3, "error: no stack named 'dev' found"],
        [
            "LOCKED",
            4,
            "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  file:///s/.pulumi/locks/organization/sles-ecs/dev/a.json?no_tmp_dir=true: created by ann@build7 (pid 4242) at 2026-11-20T10:00:00Z",
        ],
        [
            "PASSPHRASE_MISSING",
            2,
            "error: getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
        ],
        [
            "PASSPHRASE_MISSING",
            2,
            "error: could not create secrets manager for new stack: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
        ],
        [
            "PASSPHRASE_WRONG",
            2,
            "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
        ],
        [
            "STATE_CORRUPT",
            1,
            "error: failed to load checkpoint: place 1: invalid character '\\n' in string literal",
        ],
        ["STATE_CORRUPT", 1, "error: failed to load checkpoint: place 1: unexpected end of JSON input"],
        ["STATE_CORRUPT", 1, "error: failed to load checkpoint: unsupported checkpoint version 99"],
        ["STATE_CORRUPT", 1, "error: place 1: invalid character '\\n' in string literal"],
        [
            "BACKEND_UNREACHABLE",
            1,
            "error: unable to open bucket file:///nonexistent/dir?no_tmp_dir=true: stat /nonexistent/dir: no such file or directory",
        ],
        [
            "BACKEND_UNREACHABLE",
            1,
            'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): operation error S3: GetObject, exceeded maximum number of attempts, 3, https response error StatusCode: 0, request send failed, Get "http://127.0.0.1:9/nobucket": dial tcp 127.0.0.1:9: connect: connection refused',
        ],
        [
            "BACKEND_UNREACHABLE",
            1,
            "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
        ],
    ];
    for (const [code, exitCode, stderr] of seen) {
        it(`${code}: ${stderr.slice(0, 60)}…`, () => {
            expect(map(stderr)).to.include({ code, exitCode });
        });
    }

    // From the sources of Pulumi, its AWS provider and the AWS SDK for Go.
    const read: readonly (readonly [code: string, stderr: string])[] = [
        [
            "PROJECT_NOT_FOUND",
            "error: project 'main' could not be read: stat /projects/web/index.ts: no such file or directory",
        ],
        ["LOCKED", "error: [409] Conflict: Another update is currently in progress."],
        [
            "PLUGIN_MISSING",
            "error: no resource plugin 'pulumi-resource-aws' found in the workspace at version v7.48.0 or on your $PATH, install the plugin using `pulumi plugin install resource aws v7.48.0`",
        ],
        [
            "AWS_CREDENTIALS_MISSING",
            "error: No valid credential sources found. Please see https://www.pulumi.com/registry/packages/aws/",
        ],
        [
            "AWS_CREDENTIALS_EXPIRED",
            "api error ExpiredToken: The security token included in the request is expired",
        ],
        [
            "AWS_CREDENTIALS",
            "api error InvalidClientTokenId: The security token included in the request is invalid.",
        ],
        ["UPDATE_FAILED", "error: something that nobody has seen before"],
    ];
    for (const [code, stderr] of read) {
        it(`${code}: ${stderr.slice(0, 60)}…`, () => {
            expect(map(stderr).code).to.equal(code);
        });
    }

    it("leads on with a command that the parser takes, whatever was under way", () => {
        const next = (operation: FailurePlace["operation"]): string =>
            renderLine(map("error: something else", { operation }).hint ?? "");
        expect(next("hosts attach")).to.contain("sles-ecs hosts attach dev --group <group>");
        expect(next("hosts move")).to.contain("sles-ecs hosts move dev <host> --to-cluster <cluster>");
        expect(next("hosts scale")).to.contain("sles-ecs hosts scale dev <count>");
        expect(next("groups remove")).to.contain("sles-ecs groups remove dev <group>");
    });

    it("calls what AWS does not delete because it is in use left behind, in a destroy alone", () => {
        const text =
            "error: deleting EC2 Subnet (subnet-1): DependencyViolation: The subnet 'subnet-1' has dependencies and cannot be deleted.";
        const left = map(text, { operation: "destroy" });
        expect([left.code, left.exitCode]).to.deep.equal(["LEFT_BEHIND", 7]);
        expect(left.details[0]).to.include("subnet-1");
        expect(map(text).code).to.equal("UPDATE_FAILED");
    });

    it("names protected instances, and the commands of the AWS CLI that let them go", () => {
        const refusal = (id: string, attribute: string): string =>
            `terminating EC2 Instance (${id}): api error OperationNotPermitted: The instance '${id}' may not be terminated. Modify its '${attribute}' instance attribute and try again.`;
        const text = `error: ${refusal("i-0a1", "disableApiTermination")}\nerror: ${refusal("i-0b2", "disableApiStop")}`;
        const left = map(text, { operation: "destroy" });
        expect([left.code, left.exitCode]).to.deep.equal(["LEFT_BEHIND", 7]);
        expect(left.message).to.include("i-0a1 has termination protection, i-0b2 has stop protection");
        expect(renderLine(left.hint ?? "")).to.equal(
            "aws ec2 modify-instance-attribute --no-disable-api-termination --instance-id i-0a1 && aws ec2 modify-instance-attribute --no-disable-api-stop --instance-id i-0b2, then: sles-ecs destroy dev",
        );
        const up = map(text, { operation: "up" });
        expect([up.code, renderLine(up.hint ?? "")]).to.deep.equal([
            "UPDATE_FAILED",
            renderLine(left.hint ?? "").replace("destroy", "up"),
        ]);
    });

    it("also finds the reason in what the engine reported of a resource", () => {
        const errors = [
            { urn: "urn:pulumi:dev::p::aws:iam/role:Role::r", message: "api error ExpiredToken: is expired" },
        ];
        expect(map("error: update failed", { errors }).code).to.equal("AWS_CREDENTIALS_EXPIRED");
    });

    it("shows of a crash its first line, and not the goroutines", () => {
        // As Go's runtime writes it; the engine's own output ends in it, and a provider's comes as one diagnostic.
        const crash = (indent: string): string =>
            [
                "panic: runtime error: invalid memory address or nil pointer dereference",
                "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x10]",
                "",
                "goroutine 1 [running]:",
                "main.main()",
                "\t/src/main.go:12 +0x1d",
                "error: a later line",
            ]
                .map((text) => `${indent}${text}`)
                .join("\n");
        const first = "panic: runtime error: invalid memory address or nil pointer dereference";
        expect(map(crash("")).details).to.deep.equal([first]);
        const urn = "urn:pulumi:dev::sles-ecs::aws:ecs/cluster:Cluster::dev-cluster";
        const errors = [{ urn, message: crash("  ") }];
        expect(map("", { errors }).details).to.deep.equal([`cluster: ${first}`]);
        const fatal = "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select]:";
        expect(map(fatal).details).to.deep.equal(["fatal error: all goroutines are asleep - deadlock!"]);
        expect(map("error: panic: as a word in a message").details).to.deep.equal([
            "panic: as a word in a message",
        ]);
    });

    it("names every failed resource", () => {
        const errors = [
            {
                urn: "urn:pulumi:dev::sles-ecs::aws:ec2/instance:Instance::sles-ecs-hosts-1",
                message: "no capacity\nin us-east-1a",
            },
            { message: "the program failed" },
        ];
        const error = map("error: update failed", { errors });
        expect(error).to.deep.include({
            code: "UPDATE_FAILED",
            message: "up of dev failed",
            hint: command("up", "dev"),
        });
        expect(error.details).to.deep.equal(["host 1: no capacity", "in us-east-1a", "the program failed"]);
    });

    it("says how to get the last good state back, where the state is a file", () => {
        const error = map("error: failed to load checkpoint: place 1: x", { stateFile: "/s/dev.json" });
        expect(error.hint).to.deep.equal(command("state", "restore", "dev"));
        expect(error.details).to.deep.equal([
            "failed to load checkpoint: place 1: x",
            "its file: /s/dev.json",
        ]);
    });

    it("proposes to log in, or a folder, where nobody is logged in", () => {
        expect(map("error: PULUMI_ACCESS_TOKEN must be set for login").hint).to.match(
            /pulumi login.*PULUMI_BACKEND_URL=file/,
        );
    });

    it("proposes to make the folder that the backend should be", () => {
        expect(
            map("error: unable to open bucket file:///a/b?no_tmp_dir=true: stat /a/b: no such file").hint,
        ).to.equal("mkdir -p /a/b, or correct PULUMI_BACKEND_URL");
    });

    it("says which plugin to install", () => {
        expect(
            map("error: no resource plugin 'pulumi-resource-awsx' found in the workspace at version v3.9.0")
                .hint,
        ).to.equal("pulumi plugin install resource awsx v3.9.0");
    });

    it("says what an interruption left, and how to go on", () => {
        const error = mapEngineError(failure("error: update canceled"), {
            ...place,
            interrupted: true,
        }) as AppError;
        expect(error).to.deep.include({ code: "INTERRUPTED", exitCode: 130, hint: command("up", "dev") });
        expect(error.message).to.contain("what was done is in the state");
    });

    it("takes a CLI that an interrupt ended at its start or end for interrupted, not for killed", () => {
        const error = mapEngineError(failure("", "SIGINT"), { ...place, interrupted: true }) as AppError;
        expect(error).to.deep.include({ code: "INTERRUPTED", hint: command("up", "dev") });
        expect(error.message).to.equal("up of dev was interrupted: what was done is in the state");
        expect(error.details.map((detail) => renderLine(detail))).to.deep.equal([
            "if the next command says LOCKED: sles-ecs unlock dev",
        ]);
    });

    it("says how to go on after a kill: the same again, the lock, and who knows what was lost", () => {
        const error = mapEngineError(failure("", "SIGKILL"), { ...place, interrupted: true }) as AppError;
        expect(error).to.deep.include({ code: "INTERRUPTED", hint: command("up", "dev") });
        expect(error.details.map((detail) => renderLine(detail)).join("\n"))
            .to.contain("sles-ecs destroy dev")
            .and.contain("sles-ecs unlock dev");
    });

    it("says the same, as a failure, when something else killed the engine", () => {
        const error = mapEngineError(failure("", "SIGKILL"), place) as AppError;
        expect(error).to.deep.include({ code: "UPDATE_FAILED", hint: command("up", "dev") });
        expect(error.message).to.contain("killed (SIGKILL) during up of dev");
    });

    it("names the CLI by its path where it is not on PATH", () => {
        const error = map("error: PULUMI_ACCESS_TOKEN must be set for login", {
            pulumi: "/cache/bin/pulumi",
        });
        expect(error.hint).to.match(/^\/cache\/bin\/pulumi login/);
    });

    it("says so when the CLI cannot be started at all", () => {
        const error = Object.assign(new Error("spawn pulumi ENOENT"), {
            code: "ENOENT",
            syscall: "spawn pulumi",
        });
        expect(mapEngineError(error, place)).to.include({ code: "PULUMI_UNAVAILABLE" });
    });

    it("leaves defects as they are", () => {
        const defect = new TypeError("x is not a function");
        expect(mapEngineError(defect, place)).to.equal(defect);
    });
});

describe("a locked stack", () => {
    it("is reported with user, host, process and time", () => {
        const text =
            "a: created by ann@build7 (pid 4242) at 2026-11-20T10:00:00Z\nb: created by bob@ci (pid 7) at 2026-11-21T10:00:00Z";
        const error = map(`the stack is currently locked by 2 lock(s)\n${text}`);
        expect(error.details).to.deep.equal([
            "held by ann on build7, process 4242, since 2026-11-20T10:00:00Z",
            "held by bob on ci, process 7, since 2026-11-21T10:00:00Z",
        ]);
        expect(error.hint).to.match(/^wait until it ends/);
    });
});
