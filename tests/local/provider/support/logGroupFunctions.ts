import { expect } from "chai";
import type { Clients } from "../../../../local/provider/aws/clients";
import { failureOf } from "./operations";

type Call = (
    name: string,
    args: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** Lists log groups by the beginning of their names, and describes one with its tags. */
export async function expectLogGroups({ logs }: Clients, call: Call): Promise<void> {
    const listed = async () =>
        (await call("getLogGroups", { logGroupNamePrefix: "/functions/web" }))["logGroupNames"];
    expect(await listed()).to.deep.equal([]);
    expect(await failureOf(call("getLogGroup", { name: "/functions/web" }))).to.contain(
        "couldn't find resource",
    );
    await logs.createLogGroup({ logGroupName: "/functions/web", tags: { purpose: "logs" } });
    await logs.createLogGroup({ logGroupName: "/functions/website" });
    expect(await listed()).to.deep.equal(["/functions/web", "/functions/website"]);
    const { arn, tags } = await call("getLogGroup", { name: "/functions/web" });
    expect(tags).to.deep.equal({ purpose: "logs" });
    expect(arn).to.match(/^arn:aws:logs:us-east-1:\d{12}:log-group:\/functions\/web$/);
}
