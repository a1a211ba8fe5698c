import os from "node:os";

import { expect } from "chai";

import { homeFolder, requireHome, userName } from "../../../automation/setup/homeFolder";

describe("a user that the system does not know, as in many containers", () => {
    const { homedir, userInfo } = os;
    const unknown = (): never => {
        throw Object.assign(new Error("uv_os_homedir returned ENOENT"), { code: "ERR_SYSTEM_ERROR" });
    };

    before(() => Object.assign(os, { homedir: unknown, userInfo: unknown }));
    after(() => Object.assign(os, { homedir, userInfo }));

    it("has no home without HOME, which is told before anything is done, with the way out", () => {
        expect(homeFolder({})).to.equal(undefined);
        expect(() => {
            requireHome({});
        })
            .to.throw(/HOME is not set/)
            .with.property("code", "HOME_MISSING");
    });

    it("has one where HOME names it", () => {
        expect(homeFolder({ HOME: "/data" })).to.equal("/data");
        requireHome({ HOME: "/data" });
    });

    it("is called by its number, unless USER names it", () => {
        expect(userName({ USER: "build" })).to.equal("build");
        expect(userName({})).to.equal(String(process.getuid?.()));
    });
});
