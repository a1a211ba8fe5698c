import fs from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Network } from "./machine/network";
import { makeRootDisk, mountRootDisk, unmountRootDisk } from "./machine/rootDisk";
import { Workspace } from "./machine/workspace";

/** A cut of the power takes a copy of the disk's image, so whatever is not in there would be lost (Host.cutPower). */
describe("the root disk of a host that is off", () => {
    let workspace: Workspace;

    before(async () => {
        workspace = await Workspace.open();
    });

    after(() => workspace.close());

    for (const generation of [15, 16] as const) {
        it(`holds all that was put onto it, on SLES ${generation}, although another host's network has started meanwhile`, async () => {
            const folder = workspace.nextName();
            const at = (name: string) => workspace.file(folder, name);
            const local = (name: string) => workspace.namespace.path(at(name));
            fs.mkdirSync(local(""));
            await makeRootDisk(workspace, at("root.img"), generation);

            const device = await mountRootDisk(workspace, at("root.img"), at("root"));
            fs.writeFileSync(path.join(local("root"), "marker"), "there\n");
            const network = await Network.start(workspace.namespace, workspace.nextName(), {
                instanceId: "i-0123456789abcdef0",
                userDataBase64: "",
                clusters: ["dev"],
                instanceType: "m5.large",
                agentArchive: at("none"),
                s3IsOpen: false,
            });
            await unmountRootDisk(workspace, at("root"));

            expect(
                await workspace.namespace.shell('losetup -nO BACK-FILE "$1" 2>/dev/null || true', device),
            ).to.not.include("root.img");
            await workspace.copyDisk(at("root.img"), at("copy.img"));
            await mountRootDisk(workspace, at("copy.img"), at("copy"));
            expect(fs.readFileSync(path.join(local("copy"), "marker"), "utf8")).to.equal("there\n");
            await unmountRootDisk(workspace, at("copy"));
            await network.stop();
        });
    }
});
