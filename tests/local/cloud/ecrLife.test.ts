import { execFileSync } from "node:child_process";
import fs from "node:fs/promises";
import { ECR } from "@aws-sdk/client-ecr";
import { expect } from "chai";

import { prepareMoto } from "../../../automation/setup";
import { startLocalCloud, type LocalCloudInfo } from "../../../local";
import { pushImage } from "../../helpers/pushImage";
import { control } from "./control";
import { eventually, quietSetup, temporaryDirectory } from "./testCloud";

/** Processes of a registry that keeps its images below a folder. */
const registriesIn = (directory: string): string =>
    execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
        .split("\n")
        .filter((line) => line.includes("registry") && line.includes(`serve ${directory}`))
        .join("\n");

describe("the registry of a local cloud", () => {
    let directory: string;
    let info: LocalCloudInfo;

    before(async () => {
        directory = await temporaryDirectory();
        const motoServer = await prepareMoto(quietSetup);
        info = await startLocalCloud({ directory, port: 0, motoServer, exitWithParent: true });
    });
    after(() => fs.rm(directory, { recursive: true, force: true }));

    it("starts with the first image, and ends with the daemon, also where that is killed", async () => {
        const ecr = new ECR({
            endpoint: info.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        });
        await ecr.createRepository({ repositoryName: "dev/web" });
        expect((await ecr.listImages({ repositoryName: "dev/web" })).imageIds).to.deep.equal([]);
        expect(registriesIn(directory)).to.equal("");
        await pushImage(ecr, "dev/web", "1");
        expect(registriesIn(directory)).to.not.equal("");
        await control(info.endpoint, "GET", "registry");
        ecr.destroy();
        process.kill(info.pid, "SIGKILL");
        await eventually(
            () => Promise.resolve(registriesIn(directory)),
            (left) => left === "",
        );
    });
});
