import { expect } from "chai";
import type { Clients } from "../../../../local/provider/aws/clients";
import { failureOf } from "./operations";

type Call = (
    name: string,
    args: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** Describes a repository with its tags, and says in the official provider's words that there is none. */
export async function expectRepositories({ ecr }: Clients, call: Call): Promise<void> {
    const name = "dev/functions";
    expect(await failureOf(call("getRepository", { name }))).to.contain("couldn't find resource");
    await ecr.createRepository({ repositoryName: name, tags: [{ Key: "purpose", Value: "images" }] });
    const found = await call("getRepository", { name });
    expect(found["tags"]).to.deep.equal({ purpose: "images" });
    expect(found["encryptionConfigurations"]).to.deep.equal([{ encryptionType: "AES256", kmsKey: "" }]);
    expect(found["repositoryUrl"]).to.match(/^\d{12}\.dkr\.ecr\.us-east-1\.amazonaws\.com\/dev\/functions$/);
}
