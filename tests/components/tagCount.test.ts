import { expect } from "chai";
import type { Settings } from "../../components";
import { build } from "./environment";

describe("the tags of resources, of as many settings' tags as there may be", () => {
    const tags = Object.fromEntries(Array.from({ length: 42 }, (_, n) => [`key${n}`, "x"]));

    /** The most on one resource; those of a group are a list, those of a launch template are by kind. */
    async function mostOn(settings: Settings): Promise<number> {
        const { recorder } = await build({ ...settings, tags });
        const sets = recorder.resources.flatMap(({ inputs }) => {
            const block = inputs["rootBlockDevice"] as { readonly tags: object } | undefined;
            const specifications = (inputs["tagSpecifications"] ?? []) as readonly {
                readonly tags: object;
            }[];
            return [inputs["tags"] ?? {}, block?.tags ?? {}, ...specifications.map((one) => one.tags)];
        });
        return Math.max(...sets.map((one) => Object.keys(one).length));
    }

    // What AWS lets a resource have: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html
    it("are 50 on a docker volume that is kept, and nowhere more", async () => {
        const kept = { mode: "volume", keepOnDestroy: true } as const;
        expect(await mostOn({ dockerStorage: kept, network: { mode: "create" } })).to.equal(50);
    });

    it("leave room on a cluster with a lease for the mark that it is paused: 50", async () => {
        const { recorder } = await build({ lease: { ttl: "8h" }, tags });
        const onCluster = Object.keys(recorder.only("aws:ecs/cluster:Cluster").inputs["tags"] as object);
        expect(onCluster).to.include("sles-ecs:expires-at").and.to.not.include("sles-ecs:paused");
        expect(new Set([...onCluster, "sles-ecs:paused"]).size).to.equal(50);
    });

    it("are fewer in a group", async () => {
        expect(await mostOn({ hosts: { mode: "autoScaling" } })).to.equal(48);
    });
});
