import { expect } from "chai";
import path from "node:path";

import { pulumiSources } from "../../../automation/setup/pulumiSources";
import { startProxy } from "../../helpers/proxyServer";
import { Sandbox } from "./sandbox";

describe("The download of the Pulumi CLI", () => {
    let sandbox: Sandbox;
    beforeEach(() => {
        sandbox = new Sandbox();
    });
    afterEach(() => {
        sandbox.remove();
    });

    it("goes by the proxy of the environment, and says of it what it did", async () => {
        const proxy = await startProxy({ status: 403 });
        const setup = sandbox.setup();
        const behind = { ...setup, env: { ...setup.env, HTTPS_PROXY: `http://me:s3cret@${proxy.address}` } };
        const error: unknown = await pulumiSources[0]!
            .fetch(behind, path.dirname(sandbox.program("any", "")))
            .catch((thrown: unknown) => thrown);
        expect(error)
            .to.have.property("message")
            .that.equals(
                `https://get.pulumi.com/install.sh cannot be reached: the proxy http://***@${proxy.address} (HTTPS_PROXY) lets nobody through to get.pulumi.com: HTTP 403`,
            );
        expect(proxy.requests).to.deep.equal(["CONNECT get.pulumi.com:443"]);
        await proxy.stop();
    });
});
