import type { EC2, Image } from "@aws-sdk/client-ec2";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { readForm } from "../front/form";
import type { MotoLookUps } from "../moto/motoLookUps";
import { rootVolumeGiB } from "./blockDevices";

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html: "limited to 16 KB, in raw form, before it is base64-encoded" */
const userDataBytes = 16_384;

/**
 * Refuses a launch as RunInstances does; moto launches whatever it is told. Call it with what a launch template says
 * filled in. @returns the image. @throws AwsError with the codes of
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export async function checkLaunch(
    { moto }: Pick<Cloud, "moto">,
    region: string,
    form: URLSearchParams,
): Promise<Image> {
    const ec2 = moto.ec2(region);
    const image = await findImage(moto.lookUps(region), form.get("ImageId"));
    // Without a type, EC2 takes its oldest small one.
    const type = form.get("InstanceType") ?? "m1.small";
    const { architectures, zones } = await typeFacts(ec2, region, type);
    if (zones.length === 0) {
        throw new AwsError("InvalidParameterValue", `Invalid value '${type}' for InstanceType.`);
    }
    if (!architectures.includes(image.Architecture ?? "")) {
        throw new AwsError(
            "InvalidParameterValue",
            `The architecture '${architectures.join(",")}' of the specified instance type does not match the architecture ` +
                `'${image.Architecture ?? ""}' of the specified AMI. Specify an instance type and an AMI that have matching ` +
                "architectures, and try again.",
        );
    }
    await checkKeyPair(ec2, form.get("KeyName"));
    checkUserData(form.get("UserData") ?? "");
    checkRootVolume(form, image.RootDeviceName ?? "");
    return image;
}

/**
 * Refuses a type that the zone of the subnet does not have.
 * Source of the words: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html; their end, with
 * the zones, is as people report it.
 */
export async function checkZone(
    { moto }: Pick<Cloud, "moto">,
    region: string,
    type: string,
    subnetId: string,
): Promise<void> {
    const zone = (await moto.lookUps(region).subnets.get(subnetId))?.AvailabilityZone;
    const { zones } = await typeFacts(moto.ec2(region), region, type);
    // A subnet that does not exist is moto's to refuse.
    if (zone !== undefined && !zones.includes(zone)) {
        throw new AwsError(
            "Unsupported",
            `Your requested instance type (${type}) is not supported in your requested Availability Zone (${zone}). Please ` +
                `retry your request by not specifying an Availability Zone or choosing ${zones.join(", ")}.`,
        );
    }
}

/** Zones of the region that offer a type. */
export async function zonesOffering(ec2: EC2, region: string, type: string): Promise<readonly string[]> {
    return (await typeFacts(ec2, region, type)).zones;
}

async function findImage({ images }: MotoLookUps, imageId: string | null): Promise<Image> {
    if (imageId === null) {
        throw new AwsError("MissingParameter", "The request must contain the parameter ImageId");
    }
    const image = await images.get(imageId);
    if (image === undefined) {
        throw new AwsError("InvalidAMIID.NotFound", `The image id '[${imageId}]' does not exist`);
    }
    return image;
}

async function checkKeyPair(ec2: EC2, name: string | null): Promise<void> {
    if (name === null) {
        return;
    }
    const { KeyPairs: pairs = [] } = await ec2.describeKeyPairs({
        Filters: [{ Name: "key-name", Values: [name] }],
    });
    if (pairs.length === 0) {
        throw new AwsError("InvalidKeyPair.NotFound", `The key pair '${name}' does not exist`);
    }
}

/** Refuses user data that is too long. */
export function checkUserData(encoded: string): void {
    if (Buffer.from(encoded, "base64").length > userDataBytes) {
        throw new AwsError("InvalidParameterValue", `User data is limited to ${userDataBytes} bytes`);
    }
}

function checkRootVolume(form: URLSearchParams, rootDevice: string): void {
    const mappings = (readForm(form, "BlockDeviceMapping") ?? []) as unknown as readonly {
        readonly DeviceName?: string;
        readonly Ebs?: { readonly VolumeSize?: string };
    }[];
    const size = mappings.find(({ DeviceName }) => DeviceName === rootDevice)?.Ebs?.VolumeSize;
    if (size !== undefined && Number(size) < rootVolumeGiB) {
        throw new AwsError(
            "InvalidBlockDeviceMapping",
            `Volume of size ${size}GB is smaller than snapshot of the image, expect size >= ${rootVolumeGiB}GB`,
        );
    }
}

interface TypeFacts {
    readonly architectures: readonly string[];
    /** Zones of the region that offer it. */
    readonly zones: readonly string[];
}

/** By region and type: EC2's catalogue, which stays as it is. */
const knownTypes = new Map<string, TypeFacts>();

async function typeFacts(ec2: EC2, region: string, type: string): Promise<TypeFacts> {
    const key = `${region} ${type}`;
    const known = knownTypes.get(key);
    if (known !== undefined) {
        return known;
    }
    const Filters = [{ Name: "instance-type", Values: [type] }];
    const [offered, described] = await Promise.all([
        ec2.describeInstanceTypeOfferings({ LocationType: "availability-zone", Filters }),
        ec2.describeInstanceTypes({ Filters }),
    ]);
    const facts = {
        architectures: described.InstanceTypes?.[0]?.ProcessorInfo?.SupportedArchitectures ?? [],
        zones: (offered.InstanceTypeOfferings ?? []).flatMap(({ Location }) => Location ?? []).sort(),
    };
    knownTypes.set(key, facts);
    return facts;
}
