import { expect } from "chai";
import { parseSettings, standInFor } from "../../../../components/model/settings";

describe("the stand-in of a setting that a preview does not know", () => {
    const places: readonly (readonly (string | number)[])[] = [
        ["clusterName"],
        ["hosts", "keyName"],
        ["dockerStorage", "kmsKeyId"],
        ["agent", "attributes", "rack"],
        ["agent", "tags", "team"],
        ["agent", "httpProxy"],
        ["agent", "noProxy"],
        ["agent", "logOpts", "awslogs-group"],
        ["agent", "credentialsFetcherSecretNameForDomainlessGmsa"],
        ["capabilities", "awslogs", "logGroupName"],
        ["instanceRole", "name"],
        ["network", "subnetIds"],
        ["network", "securityGroupIds"],
        ["proxy", "address"],
        ["proxy", "noProxy"],
        ["containerRegistry", "kmsKeyId"],
        ["tags", "team"],
    ];
    const beside: Readonly<Record<string, object>> = {
        dockerStorage: { mode: "volume" },
        network: { mode: "existing", subnetIds: ["subnet-11111111"], securityGroupIds: ["sg-11111111"] },
        containerRegistry: { repositories: ["web"] },
        proxy: { address: "proxy:3128" },
    };

    for (const place of places) {
        it(`of ${place.join(".")} is a value that the settings take`, () => {
            const [section = "", ...keys] = place;
            const value = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), standInFor(place, 7));
            const given = typeof value === "object" ? { ...beside[section], ...value } : value;
            const { problems } = parseSettings({ [section]: given }, "dev");
            expect(problems.filter(({ severity }) => severity === "error")).to.deep.equal([]);
            expect(JSON.stringify(given)).to.contain("7");
        });
    }

    it("of a list entry and of an ingress rule is one of its form", () => {
        expect(standInFor(["network", "subnetIds", 1], 12)).to.equal("subnet-5e5ec500000000012");
        expect(standInFor(["network", "ingress", 0, "cidrBlocks", 0], 3)).to.equal("192.0.2.3/32");
        expect(standInFor(["instanceRole", "instanceProfileName"], 2)).to.equal("sles-ecs-unknown-002");
    });

    it("does not exist for what decides which resources there are", () => {
        for (const place of [
            ["hosts", "count"],
            ["network"],
            ["network", "mode"],
            ["hosts", "instanceType"],
            ["lease", "ttl"],
        ]) {
            expect(standInFor(place, 1), place.join(".")).to.equal(undefined);
        }
    });
});
