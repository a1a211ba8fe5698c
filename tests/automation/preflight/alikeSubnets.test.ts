import { expect } from "chai";

import type { AppError } from "../../../automation/errors/appError";
import { renderLine } from "../../../components/model/commandLine";
import { closedTable, preflight } from "../../helpers/preflightCase";

describe("runPreflight of subnets with the same fault", () => {
    it("says once what several subnets of the default VPC lack, and names them all", async () => {
        const subnet = (letter: string) => ({
            id: `subnet-0000000${letter}`,
            vpcId: "vpc-1",
            zone: `eu-central-1${letter}`,
            mapPublicIpOnLaunch: true,
        });
        const { result } = await preflight({
            aws: {
                defaultSubnets: ["a", "b", "c"].map(subnet),
                routeTables: [
                    { ...closedTable, main: true, subnetIds: [] },
                    { ...closedTable, id: "rtb-other", subnetIds: ["subnet-0000000c"] },
                ],
            },
        });
        const error = result as AppError;
        expect(error.code).to.equal("NO_ROUTE_TO_S3");
        const told = error.details
            .map((one) => /^network: (.*): (rtb-\w+) leads/.exec(renderLine(one).trim())?.slice(1))
            .filter((one) => one !== undefined);
        expect(told).to.deep.equal([
            ["subnet-0000000a, subnet-0000000b have no route to Amazon S3", "rtb-closed"],
            ["subnet-0000000c has no route to Amazon S3", "rtb-other"],
        ]);
    });
});
