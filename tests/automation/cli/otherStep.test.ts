import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { command } from "../../../components/model/commandLine";
import type { FakeContextOptions } from "../../helpers/fakes";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";

const failed = (detail: string): AppError =>
    new AppError("UPDATE_FAILED", {
        message: "up of dev failed",
        details: [detail],
        hint: command("up", "dev"),
    });

const quota = "InstanceLimitExceeded: RequestID: 6c1fa9d9-15d8-4d49-9aa5-0a8f5f5f9e0a";
/** The same of another request. */
const quotaAgain = "InstanceLimitExceeded: RequestID: 0f0c2f11-7a3e-4d7f-8a53-7d4a1c2b9e55";

describe("the next step after the same command has failed before", () => {
    let directory = "";
    beforeEach(() => {
        directory = makeProject();
    });
    afterEach(removeFolders);

    async function next(argv: readonly string[], error: AppError | undefined): Promise<string> {
        const options: FakeContextOptions = { directory, stacks: { dev: { errors: { up: error } } } };
        const { context } = await play(argv, options);
        return /^Next: (.*)$/m.exec(context.io.err())?.[1] ?? "done";
    }

    it("is the same command once; then why it fails, and what stands; never again what has failed the same way", async () => {
        expect(await next(["up", "dev", "--yes"], failed(quota))).to.equal("sles-ecs up dev --yes");
        expect(await next(["up", "dev", "--yes"], failed(quotaAgain))).to.equal(
            "sles-ecs up dev --yes --debug",
        );
        expect(await next(["up", "dev", "--yes", "--debug"], failed(quota))).to.equal("sles-ecs status dev");
        expect(await next(["up", "dev", "--yes"], failed(quota))).to.equal("sles-ecs status dev");
    });

    it("keeps the yes that was given beforehand, and gives none that was not", async () => {
        expect(await next(["up", "dev", "-y"], failed(quota))).to.equal("sles-ecs up dev --yes");
        expect(await next(["up", "dev"], failed("VpcLimitExceeded"))).to.equal("sles-ecs up dev");
        const others = ["up", "dev", "--no-wait", "--yes"];
        expect(await next(others, failed("AddressLimitExceeded"))).to.equal("sles-ecs up dev");
    });

    it("says that the command has failed so before", async () => {
        const options: FakeContextOptions = { directory, stacks: { dev: { errors: { up: failed(quota) } } } };
        const said = async (): Promise<string> => (await play(["up", "dev", "--yes"], options)).transcript;
        const line = "the same command has failed the same way before";
        expect(await said()).to.not.contain(line);
        expect(await said()).to.contain(line);
    });

    it("is the same command again where it has failed in another way", async () => {
        await next(["up", "dev", "--yes"], failed(quota));
        expect(await next(["up", "dev", "--yes"], failed("VpcLimitExceeded"))).to.equal(
            "sles-ecs up dev --yes",
        );
    });

    it("is the same command again once it was done in between", async () => {
        await next(["up", "dev", "--yes"], failed(quota));
        expect(await next(["up", "dev", "--yes"], undefined)).to.equal("done");
        expect(await next(["up", "dev", "--yes"], failed(quota))).to.equal("sles-ecs up dev --yes");
    });

    it("knows a project by its folder, however that is told", async () => {
        await next(["up", "dev", "--yes"], failed(quota));
        const elsewhere = makeProject();
        const options = { stacks: { dev: { errors: { up: failed(quota) } } } };
        const told = await play(["-C", directory, "up", "dev", "--yes"], {
            ...options,
            directory: elsewhere,
        });
        expect(told.context.io.err()).to.contain(`\nNext: sles-ecs -C ${directory} up dev --yes --debug\n`);
        const other = await play(["up", "dev", "--yes"], { ...options, directory: elsewhere });
        expect(other.context.io.err()).to.contain("\nNext: sles-ecs up dev --yes\n");
    });

    it("stays where it is another command, or a person's own doing", async () => {
        const update = new AppError("UPDATE_FAILED", {
            message: "no",
            hint: command("up", "dev", "--adopt-cluster"),
        });
        for (const error of [update, new AppError("INTERRUPTED", { message: "interrupted" })]) {
            const first = await next(["up", "dev", "--yes"], error);
            expect(await next(["up", "dev", "--yes"], error)).to.equal(first);
        }
    });

    it("is what stands where only time was short", async () => {
        const slow = new AppError("NOT_READY", { message: "1 of 2 hosts", hint: command("up", "dev") });
        expect(await next(["up", "dev", "--yes"], slow)).to.equal("sles-ecs up dev --yes");
        expect(await next(["up", "dev", "--yes"], slow)).to.equal("sles-ecs status dev");
    });

    it("is what --debug shows for commands without an environment", async () => {
        const listError = new AppError("AWS_THROTTLED", { message: "slow" });
        const said = async (...argv: string[]): Promise<string> =>
            /^Next: (.*)$/m.exec((await play(argv, { directory, listError })).context.io.err())?.[1] ?? "";
        expect(await said("list")).to.equal("run the same command again in a minute");
        expect(await said("list")).to.equal("sles-ecs list --debug");
        expect(await said("list", "--debug")).to.match(/^look for the cause in what --debug shows/);
    });
});
