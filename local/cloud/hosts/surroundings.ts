import type { Instance } from "@aws-sdk/client-ec2";
import type { RoleFacts } from "../../hosts/decide/hostFacts";
import type { NetworkFacts } from "../../hosts/decide/network";
import { Batch } from "../../provider/aws/batch";
import type { MotoClients } from "../moto/motoClients";
import { gatherNetwork, placeIn } from "./gatherNetwork";
import type { NetworkPlace } from "./gatherNetwork";
import { gatherRole } from "./gatherRole";

/** What hosts share: networks and roles, gathered once for all that look at the same time. */
export class Surroundings {
    private readonly networks: Batch<string, NetworkFacts>;
    private readonly roles: Batch<string, RoleFacts>;

    constructor(moto: MotoClients) {
        this.networks = Batch.each((key) => {
            const { region, place } = JSON.parse(key) as { region: string; place: NetworkPlace };
            return gatherNetwork(moto.ec2(region), place);
        });
        this.roles = Batch.each((arn) => gatherRole(moto.iam, arn));
    }

    async network(region: string, instance: Instance): Promise<NetworkFacts> {
        const key = JSON.stringify({ region, place: placeIn(instance) });
        return found(await this.networks.get(key));
    }

    /** The role behind an instance profile. */
    async role(profileArn: string | undefined): Promise<RoleFacts> {
        return profileArn === undefined ? { kind: "none" } : found(await this.roles.get(profileArn));
    }
}

function found<Value>(value: Value | undefined): Value {
    if (value === undefined) {
        throw new Error("a batch left out what it was asked for");
    }
    return value;
}
