import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";
import { bundledPrices } from "../../../components/model/cost/prices";
import { localCloudEnvironment } from "../../../local";
import { useCloud } from "./testCloud";

describe("the price list of the local cloud", () => {
    const cloud = useCloud();
    const never = new AbortController().signal;

    function list(region: string, instanceTypes: readonly string[]) {
        const aws = connectAws({ env: localCloudEnvironment(cloud().info), region });
        return aws.pricing.list({ region, instanceTypes }, never);
    }

    it("has the prices that come along, read as AWS's are", async () => {
        const { hosts, volumes, usdAnHour } = bundledPrices;
        expect(await list("us-east-1", ["t3.small", "m5.large"])).to.deep.equal({
            region: "us-east-1",
            hosts: { "t3.small": hosts["t3.small"], "m5.large": hosts["m5.large"] },
            volumes,
            usdAnHour,
        });
    });

    it("knows nothing of a type that does not come along, nor of another region, and makes nothing up", async () => {
        expect((await list("us-east-1", ["x9.huge"]))?.hosts).to.deep.equal({});
        expect(await list("eu-central-1", ["t3.small"])).to.equal(undefined);
    });
});
