import os from "node:os";

import { expect } from "chai";

import { homeFolder } from "../../../automation/setup/homeFolder";
import { cacheDirectory } from "../../../automation/setup/setup";
import { makeTemporaryFolder } from "../../../automation/setup/temporaryFolder";
import { AppError } from "../../../automation/errors/appError";

/** As for a user id that the system's list of users does not have. */
async function withoutEntry(work: () => unknown): Promise<void> {
    const { homedir } = os;
    os.homedir = () => {
        throw new Error("A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)");
    };
    try {
        await work();
    } finally {
        os.homedir = homedir;
    }
}

describe("the folders that a system usually gives a person", () => {
    it("are done without where the user is unknown and HOME is not set", async () => {
        await withoutEntry(() => {
            expect(homeFolder({ HOME: "/home/ann" })).to.equal("/home/ann");
            expect(homeFolder({ HOME: "" })).to.equal(undefined);
            expect(cacheDirectory({ XDG_CACHE_HOME: "/cache" })).to.equal("/cache/sles-ecs");
            expect(() => cacheDirectory({}))
                .to.throw(AppError, "this user has no home folder, and HOME is not set")
                .with.property("code", "CACHE_UNUSABLE");
        });
    });

    it("are named where there is no temporary one", async () => {
        const before = process.env["TMPDIR"];
        process.env["TMPDIR"] = "/nonexistent/tmp";
        try {
            const error = await makeTemporaryFolder("x-").catch((reason: unknown) => reason);
            expect(error).to.be.instanceOf(AppError).and.to.include({
                code: "FOLDER_UNUSABLE",
                hint: "set TMPDIR to a folder that you may write",
            });
            expect((error as AppError).message).to.contain("in /nonexistent/tmp: ENOENT");
        } finally {
            if (before === undefined) {
                delete process.env["TMPDIR"];
            } else {
                process.env["TMPDIR"] = before;
            }
        }
    });
});
