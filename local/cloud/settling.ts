import { formOf, withForm } from "./front/apiRequest";
import type { ApiRequest } from "./front/apiRequest";
import { AwsError } from "./front/apiResponse";
import type { ApiResponse } from "./front/apiResponse";

/**
 * EC2's codes for what does not exist, by the prefix of its id.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const notFoundCodes: Readonly<Record<string, string>> = {
    i: "InvalidInstanceID.NotFound",
    igw: "InvalidInternetGatewayID.NotFound",
    lt: "InvalidLaunchTemplateId.NotFound",
    rtb: "InvalidRouteTableID.NotFound",
    sg: "InvalidGroup.NotFound",
    subnet: "InvalidSubnetID.NotFound",
    vol: "InvalidVolume.NotFound",
    vpc: "InvalidVpcID.NotFound",
};

/** By action, the prefix of the ids that it makes. */
const made: Readonly<Record<string, string>> = {
    CreateInternetGateway: "igw",
    CreateLaunchTemplate: "lt",
    CreateRouteTable: "rtb",
    CreateSecurityGroup: "sg",
    CreateSubnet: "subnet",
    CreateVolume: "vol",
    CreateVpc: "vpc",
    RunInstances: "i",
};

const iamParameters = { role: "RoleName", profile: "InstanceProfileName" } as const;
type IamKind = keyof typeof iamParameters;

/**
 * What was made a moment ago, and is not known everywhere yet: where it is named, it does not exist, and lists that are asked
 * for it are empty. Lists of everything, or by tags, show it.
 * Sources: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export class Settling {
    /** When it will be known everywhere, in milliseconds, by id or by kind and name. */
    private readonly until = new Map<string, number>();

    /** @param seconds how long things take to be known everywhere, right now */
    constructor(private readonly seconds: () => number) {}

    clear(): void {
        this.until.clear();
    }

    /** Whether EC2 has not heard of an instance profile yet, by its name or ARN. */
    hidesProfile(nameOrArn: string): boolean {
        return this.hides(`profile ${nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1)}`);
    }

    /** Keeps in mind what a request has made. */
    note(request: ApiRequest, { status, body }: ApiResponse): void {
        if (this.seconds() === 0 || status >= 300) {
            return;
        }
        const end = Date.now() + 1000 * this.seconds();
        const prefix = request.service === "ec2" ? made[request.action] : undefined;
        if (prefix !== undefined) {
            const asked = request.body?.toString("utf8") ?? "";
            const ids = body.toString("utf8").match(new RegExp(`\\b${prefix}-[0-9a-f]{8,17}\\b`, "g")) ?? [];
            for (const id of ids.filter((one) => !asked.includes(one))) {
                this.until.set(id, end);
            }
        }
        const kind = kindMadeBy(request);
        if (kind !== undefined) {
            this.until.set(`${kind} ${formOf(request).get(iamParameters[kind]) ?? ""}`, end);
        }
    }

    /** The request as it is understood where nobody has heard of the newest things. @throws AwsError for a thing that is named */
    seenFromAfar(request: ApiRequest): ApiRequest {
        if (this.until.size === 0) {
            return request;
        }
        if (request.service === "iam") {
            this.checkIam(request);
        }
        return request.service === "ec2" ? this.withoutHidden(request) : request;
    }

    private hides(key: string): boolean {
        return (this.until.get(key) ?? 0) > Date.now();
    }

    private withoutHidden(request: ApiRequest): ApiRequest {
        const form = formOf(request);
        const hidden = [...form].filter(([, value]) => this.hides(value));
        for (const [name, id] of hidden) {
            const prefix = id.slice(0, id.indexOf("-"));
            if (!/^Filter\.\d+\.Value\.\d+$/.test(name)) {
                throw new AwsError(notFoundCodes[prefix] ?? "", `The ID '${id}' does not exist`);
            }
            form.set(name, `${prefix}-00000000000000000`);
        }
        return hidden.length === 0 ? request : withForm(request, form);
    }

    private checkIam(request: ApiRequest): void {
        const form = formOf(request);
        for (const [kind, parameter] of Object.entries(iamParameters)) {
            const name = form.get(parameter) ?? "";
            if (this.hides(`${kind} ${name}`) && kindMadeBy(request) !== kind) {
                const what = kind === "role" ? `The role with name ${name}` : `Instance Profile ${name}`;
                throw new AwsError("NoSuchEntity", `${what} cannot be found.`, 404);
            }
        }
    }
}

function kindMadeBy({ service, action }: ApiRequest): IamKind | undefined {
    if (service !== "iam") {
        return undefined;
    }
    return action === "CreateRole" ? "role" : action === "CreateInstanceProfile" ? "profile" : undefined;
}
