import { expect } from "chai";

import { openUnread, type OpenTarget } from "../../../automation/environment/target";
import { AppError } from "../../../automation/errors/appError";
import { LockedError } from "../../../automation/errors/lockedError";
import { ownHolder } from "../../../automation/lock/holder";
import { withLock } from "../../../automation/lock/withLock";
import { fakeContext, type FakeContext, type FakeContextOptions } from "../../helpers/fakes";
import { ann, lockOf } from "../../helpers/fakeLock";
import { removeFolders } from "../../helpers/project";
import { inTwoHours, leased } from "../lease/leaseCase";

const alice = { alice: { expiresAt: inTwoHours } };

function contextWith(
    parameters: Record<string, string> = {},
    options: Partial<FakeContextOptions> = {},
): FakeContext {
    return fakeContext({ ...leased(alice, { parameters }), ...options });
}

const opener = (context: FakeContext) => () =>
    openUnread(context, { environment: "alice", projectDirectory: undefined });

function lock<R>(
    context: FakeContext,
    work: (target: OpenTarget) => Promise<R>,
    waitForLockSeconds = 0,
): Promise<R> {
    return withLock({ verb: "destroy", waitForLockSeconds }, context, opener(context), work);
}

const done = () => Promise.resolve("done");

async function lockedBy(work: Promise<unknown>): Promise<LockedError> {
    const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
    );
    if (!(error instanceof LockedError)) {
        throw new Error(`expected a LockedError, got ${String(error)}`);
    }
    return error;
}

// Above every kernel's limit of process numbers.
const noSuchProcess = 2 ** 30;

describe("the lock of an environment", () => {
    afterEach(removeFolders);

    it("is held while a command works, tells who and what, and is given back at its end", async () => {
        const context = contextWith();
        const seen = await lock(context, () => Promise.resolve({ ...context.aws.state.parameters }));
        expect(Object.keys(seen)).to.have.length(1);
        const [holder] = Object.values(seen).map((text) => JSON.parse(text) as object);
        expect(holder).to.include({ processId: process.pid, command: "destroy" });
        expect(context.aws.state.parameters).to.deep.equal({});
    });

    it("is given back where the command fails", async () => {
        const context = contextWith();
        const failure = new AppError("UPDATE_FAILED", { message: "no" });
        const thrown = await lock(context, () => Promise.reject(failure)).catch((error: unknown) => error);
        expect(thrown).to.equal(failure);
        expect(context.aws.state.parameters).to.deep.equal({});
    });

    it("is taken under another name where nobody knows whether it was written, and leaves nothing of the first", async () => {
        const context = contextWith();
        const names: string[] = [];
        const { parameters } = context.aws.inRegion(undefined);
        const put = parameters.put.bind(parameters);
        Object.assign(parameters, {
            put: async (name: string, value: string) => {
                await put(name, value);
                if (names.push(name) === 1) {
                    throw new AppError("AWS_UNREACHABLE", { message: "its answer was lost" });
                }
            },
        });
        const seen = await lock(context, () => Promise.resolve(Object.keys(context.aws.state.parameters)));
        expect(seen).to.deep.equal([names[1]]);
        expect(names[1]).to.not.equal(names[0]);
        expect(context.aws.state.parameters).to.deep.equal({});
    });

    it("is not tried again where AWS refuses to write it", async () => {
        const context = contextWith();
        let writings = 0;
        Object.assign(context.aws.inRegion(undefined).parameters, {
            put: () => {
                writings += 1;
                return Promise.reject(new AppError("AWS_ACCESS_DENIED", { message: "no" }));
            },
        });
        const thrown = await lock(context, done).catch((error: unknown) => error);
        expect(thrown).to.include({ code: "AWS_ACCESS_DENIED" });
        expect(writings).to.equal(1);
    });

    it("hides neither result nor failure where it cannot be given back, and says how it is unlocked", async () => {
        const context = contextWith();
        context.aws.state.errors["parameters.remove"] = new AppError("AWS_CREDENTIALS_EXPIRED", {
            message: "expired",
        });
        expect(await lock(context, done)).to.equal("done");
        expect(context.io.err()).to.contain(
            "alice stays locked: expired; to unlock it: sles-ecs unlock alice",
        );
    });

    it("is refused while somebody of another machine holds it, dead or not", async () => {
        const parameters = lockOf("alice", ann);
        const context = contextWith(parameters);
        const error = await lockedBy(lock(context, done));
        expect(error.details).to.deep.equal([
            "held by ann on build7, process 4242, for destroy, since 2026-11-23T09:58:00Z, last heard of 0 s ago",
        ]);
        expect(context.aws.state.parameters).to.deep.equal(parameters);
    });

    it("is refused while a process of this machine holds it that lives", async () => {
        const own = await ownHolder(contextWith(), "up");
        const error = await lockedBy(lock(contextWith(lockOf("alice", own)), done));
        expect(error.holders.map(({ life }) => life)).to.deep.equal(["alive"]);
    });

    it("is taken over from a process whose number another one has by now", async () => {
        const before = { ...(await ownHolder(contextWith(), "up")), startedAt: "1" };
        expect(await lock(contextWith(lockOf("alice", before)), done)).to.equal("done");
    });

    it("is taken over from a process of this machine that is gone, and says so", async () => {
        const dead = { ...(await ownHolder(contextWith(), "up")), processId: noSuchProcess };
        const context = contextWith(lockOf("alice", dead));
        expect(await lock(context, done)).to.equal("done");
        expect(context.io.err()).to.match(/the lock of alice is taken over: .*process 1073741824 \(gone\)/);
        expect(context.aws.state.parameters).to.deep.equal({});
    });

    for (const [what, machine] of [
        ["a machine of the same name", "another one of that name"],
        ["a machine that nothing is known of", undefined],
    ] as const) {
        it(`is not taken over from ${what}`, async () => {
            const other = { ...(await ownHolder(contextWith(), "up")), processId: noSuchProcess, machine };
            const error = await lockedBy(lock(contextWith(lockOf("alice", other)), done));
            expect(error.holders.map(({ life }) => life)).to.deep.equal(["unknown"]);
        });
    }

    it("is not taken over from who left something that cannot be read", async () => {
        const [name = ""] = Object.keys(lockOf("alice", ann));
        const error = await lockedBy(lock(contextWith({ [name]: "{" }), done));
        expect(error.details[0]).to.contain("held by somebody");
    });

    it("of another environment is no matter", async () => {
        const parameters = lockOf("bob", ann);
        const context = contextWith(parameters);
        expect(await lock(context, done)).to.equal("done");
        expect(context.aws.state.parameters).to.deep.equal(parameters);
    });

    it("is waited for, told once, and all is read anew then", async () => {
        const context = contextWith(lockOf("alice", ann), {
            onSleep: (seconds, state) => {
                slept += seconds;
                if (slept > 20) {
                    state.parameters = {};
                }
            },
        });
        let slept = 0;
        let opened = 0;
        const open = () => {
            opened += 1;
            return opener(context)();
        };
        const request = { verb: "up", waitForLockSeconds: 60 };
        expect(await withLock(request, context, open, done)).to.equal("done");
        expect(opened).to.be.greaterThan(1);
        expect(context.io.err().match(/waiting up to 1 min for the lock/g)).to.have.length(1);
    });

    it("is not waited for any longer than asked", async () => {
        const context = contextWith(lockOf("alice", ann));
        const before = context.clock.now().getTime();
        await lockedBy(lock(context, done, 30));
        expect((context.clock.now().getTime() - before) / 1000).to.be.within(30, 45);
    });

    it("is never held by two, whoever comes when: one after the other where they wait", async () => {
        for (let round = 0; round < 50; round += 1) {
            const context = contextWith();
            let inside = 0;
            let most = 0;
            const work = async (): Promise<string> => {
                inside += 1;
                most = Math.max(most, inside);
                for (let turn = 0; turn < round; turn += 1) {
                    await Promise.resolve();
                }
                inside -= 1;
                return "done";
            };
            const all = await Promise.all([1, 2, 3].map(() => lock(context, work, 600)));
            expect(all).to.deep.equal(["done", "done", "done"]);
            expect(most).to.equal(1);
        }
    });

    it("is asked for in the environment's own account only", async () => {
        const context = contextWith();
        const open = async (): Promise<OpenTarget> => ({
            ...(await opener(context)()),
            clusterArn: "arn:aws:ecs:us-east-1:999999999999:cluster/alice",
        });
        const refused = withLock({ verb: "up", waitForLockSeconds: 0 }, context, open, done);
        expect(await refused.catch((error: unknown) => error)).to.include({ code: "AWS_ACCOUNT_MISMATCH" });
        expect(context.aws.state.parameters).to.deep.equal({});
    });

    const head = (context: FakeContext) => context.io.err().split("\n")[0];

    it("is taken after the account, its alias, the region and the profile are told, once", async () => {
        const context = fakeContext({
            ...leased(alice, { accountAlias: "acme-dev" }),
            env: { AWS_PROFILE: "work" },
        });
        await lock(context, done);
        expect(context.io.err()).to.equal(
            "account 123456789012 (acme-dev), region us-east-1, profile work\n",
        );
    });

    it("is taken all the same where nobody may ask for the alias", async () => {
        const context = contextWith();
        const denied = () => Promise.reject(new AppError("AWS_ACCESS_DENIED", { message: "denied" }));
        const open = opener(context);
        const opened = async () => {
            const target = await open();
            return { ...target, aws: { ...target.aws, iam: { ...target.aws.iam, accountAlias: denied } } };
        };
        await withLock({ verb: "destroy", waitForLockSeconds: 0 }, context, opened, done);
        expect(head(context)).to.equal("account 123456789012, region us-east-1");
    });

    it("calls the local cloud so, by what `local env` sets, and asks for no alias there", async () => {
        const AWS_ENDPOINT_URL = "http://127.0.0.1:4580";
        const SLES_ECS_PINT_URL = `${AWS_ENDPOINT_URL}/_pint`;
        const context = contextWith({}, { env: { AWS_ENDPOINT_URL, SLES_ECS_PINT_URL } });
        await lock(context, done);
        expect(head(context)).to.equal("account 123456789012 of the local cloud, region us-east-1");
        expect(context.aws.reads).not.to.include("iam.accountAlias");
    });

    it("names another address that stands in for AWS, on this machine as well, without its password", async () => {
        for (const [AWS_ENDPOINT_URL, shown] of [
            ["http://localhost:4566", "http://localhost:4566"],
            ["https://ann:secret@aws.example.com", "https://***@aws.example.com"],
        ] as const) {
            const context = contextWith({}, { env: { AWS_ENDPOINT_URL } });
            await lock(context, done);
            expect(head(context)).to.equal(`account 123456789012 at ${shown}, region us-east-1`);
        }
    });

    it("is waited for with the place told, and the alias asked for, at the first try alone", async () => {
        const context = contextWith(lockOf("alice", ann));
        await lockedBy(lock(context, done, 30));
        expect(context.io.err().match(/^account /gm)).to.have.length(1);
        expect(context.aws.reads.filter((one) => one === "iam.accountAlias")).to.have.length(1);
        expect(context.aws.reads.filter((one) => one === "identity.caller").length).to.be.greaterThan(1);
    });
});
