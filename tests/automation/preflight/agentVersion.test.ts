import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { fakePint } from "../../helpers/fakePint";
import { image, preflight } from "../../helpers/preflightCase";
import { pintRecord } from "../../helpers/pintServer";
import { goodAccount } from "../../helpers/account";

const sles12 = { ...image, name: "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64" };
const pages = `https://publiccloudimagechangeinfo.suse.com/amazon/${sles12.name}`;
const wishes = {
    hostImage: { filter: "suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64" },
    capabilities: { executeCommand: true },
};

/** An account with an image of SLES 12, and SUSE's page on its packages. */
const asked = (agentVersion: string | undefined, settings: object = wishes) => {
    const packages = agentVersion === undefined ? [] : [{ name: "amazon-ecs-init", to: agentVersion }];
    const pint = fakePint(
        [pintRecord({ ...sles12, region: "eu-central-1", changeinfo: `${pages}/` })],
        undefined,
        {
            [`${pages}/package_version_changes.html`]: packages,
        },
    );
    return preflight({
        settings,
        aws: goodAccount("eu-central-1", [sles12]),
        sources: { loadPint: () => Promise.resolve(pint) },
    });
};

describe("the agent of the host image, by SUSE's page on its packages", () => {
    it("refuses a capability that it is too old for, before anything is changed", async () => {
        const { result } = await asked("1.49.0-16.27.1");
        expect(result).to.be.instanceOf(AppError);
        const { code, message } = result as AppError;
        expect(code).to.equal("AGENT_TOO_OLD");
        expect(message).to.equal(
            `capabilities.executeCommand: needs an agent from 1.50.2 on, and ${sles12.name} has 1.49.0: its hosts would never get ready; nothing has been changed`,
        );
    });

    it("lets a capability be that it is new enough for", async () => {
        const { result } = await asked("1.53.0-16.30.1");
        expect(codesIn(result)).to.not.include("AGENT_VERSION_UNKNOWN");
    });

    it("is said to be unknown where the page does not name it", async () => {
        const { result } = await asked(undefined);
        expect(codesIn(result)).to.include("AGENT_VERSION_UNKNOWN");
    });
});

function codesIn(result: unknown): readonly string[] {
    const { warnings } = result as { readonly warnings: readonly { readonly code: string }[] };
    return warnings.map(({ code }) => code);
}
