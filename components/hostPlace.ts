import type * as pulumi from "@pulumi/pulumi";
import { chooseSubnet, subnetInZone } from "./model/subnets";
import type { HostSubnet } from "./network";
import { refusal } from "./refusal";

export interface HostPlaceArgs {
    /** From 1. */
    readonly hostNumber: number;
    /** Name that people see. */
    readonly hostName: string;
    readonly instanceType: string;
    readonly subnets: readonly HostSubnet[];
    /** Zones that offer the instance type; at least one subnet is in one of them. */
    readonly offeredZones: ReadonlySet<string>;
    /** Index of the subnet that the host runs in. @default - it does not run, or elsewhere */
    readonly keptSubnet?: number;
}

/** A docker volume as far as it decides where its host is. */
export interface PlacedVolume {
    readonly volumeId: pulumi.Output<string>;
    /** The zone that the volume is in, whatever it was asked for. */
    readonly zone: pulumi.Output<string>;
}

/** Where a fixed host is, and by that its docker volume when that is first made. */
export class HostPlace {
    private readonly args: HostPlaceArgs;
    private readonly zones: readonly string[];
    private readonly turn: number;

    /** @throws pulumi.RunError where no subnet is in a zone that offers the instance type */
    constructor(args: HostPlaceArgs) {
        this.args = args;
        this.zones = args.subnets.map(({ zone }) => zone);
        const turn = chooseSubnet(args.hostNumber, this.zones, args.offeredZones, args.keptSubnet);
        if (turn === undefined) {
            throw refusal(
                `host ${args.hostName} has no place: got subnets in ${[...new Set(this.zones)].join(", ") || "no zone"}, expected one in a zone that offers ${args.instanceType}`,
                "give it a subnet in such a zone, or take another instance type",
            );
        }
        this.turn = turn;
    }

    /** The zone of the subnet that the host keeps, or that its turn gives it. */
    public get zone(): string {
        return this.subnet(this.turn).zone;
    }

    /**
     * The id of the host's subnet. A host follows its volume, which cannot leave its zone: so other subnets or
     * another network may move the host, and never cost the volume.
     */
    public subnetId(volume: PlacedVolume | undefined): pulumi.Output<string> {
        return volume === undefined
            ? this.subnet(this.turn).id
            : volume.zone.apply((zone) => this.subnetBeside(volume.volumeId, zone));
    }

    private subnetBeside(volumeId: pulumi.Output<string>, zone: string): pulumi.Output<string> {
        const index = subnetInZone(zone, this.turn, this.zones);
        return index !== undefined && this.args.offeredZones.has(zone)
            ? this.subnet(index).id
            : volumeId.apply((id) => this.refuse(id, zone, index !== undefined));
    }

    private refuse(volumeId: string, zone: string, hasSubnet: boolean): never {
        const { hostName, instanceType } = this.args;
        const host = `host ${hostName} has to be in ${zone}, where its docker volume ${volumeId} is`;
        throw hasSubnet
            ? refusal(
                  `${host}, and that zone does not offer ${instanceType}`,
                  "set sles-ecs:hosts.instanceType to a type that the zone offers",
              )
            : refusal(
                  `${host}, and the network has no subnet there: its subnets are in ${[...new Set(this.zones)].join(", ")}`,
                  `add a subnet of ${zone} to the network (sles-ecs:network)`,
              );
    }

    private subnet(index: number): HostSubnet {
        const subnet = this.args.subnets[index];
        if (subnet === undefined) {
            throw new RangeError(`there is no subnet ${index}`);
        }
        return subnet;
    }
}
