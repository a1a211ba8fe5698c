import type { Instance } from "@aws-sdk/client-ec2";
import type { RoleFacts } from "../../hosts/decide/hostFacts";
import type { NetworkFacts } from "../../hosts/decide/network";
import { Batch } from "../../provider/aws/batch";
import { resourcesOfType } from "../ecs/registration";
import type { Resources } from "../ecs/state";
import type { MotoClients } from "../moto/motoClients";
import { gatherNetwork, placeIn } from "./gatherNetwork";
import type { NetworkPlace } from "./gatherNetwork";
import { gatherRole } from "./gatherRole";

/** What hosts share: networks and roles, gathered once for all that look at the same time. */
export class Surroundings {
    private readonly networks: Batch<string, NetworkFacts>;
    private readonly roles: Batch<string, RoleFacts>;
    private readonly types: Batch<string, Resources>;

    constructor(moto: MotoClients) {
        this.networks = Batch.each((key) => {
            const { region, place } = JSON.parse(key) as { region: string; place: NetworkPlace };
            return gatherNetwork(moto.ec2(region), place);
        });
        this.roles = Batch.each((arn) => gatherRole(moto.iam, arn));
        this.types = Batch.each((key) => {
            const { region, type } = JSON.parse(key) as { region: string; type: string };
            return resourcesOfType({ moto }, region, type);
        });
    }

    async network(region: string, instance: Instance): Promise<NetworkFacts> {
        const key = JSON.stringify({ region, place: placeIn(instance) });
        return found(await this.networks.get(key));
    }

    /** What an agent finds on an instance of a type. */
    async resources(region: string, type: string): Promise<Resources> {
        return found(await this.types.get(JSON.stringify({ region, type })));
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
