/** A parameter of AWS Systems Manager that an ARN names. */
export interface NamedParameter {
    readonly region: string;
    readonly accountId: string;
    readonly name: string;
}

/**
 * Reads the ARN of a parameter; undefined for anything else. A parameter without a path is named without the slash that its ARN
 * has. Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
export function readParameterArn(arn: string): NamedParameter | undefined {
    const [, region, accountId, path] = /^arn:[^:]*:ssm:([^:]*):(\d*):parameter(\/.+)$/.exec(arn) ?? [];
    return region === undefined || accountId === undefined || path === undefined
        ? undefined
        : { region, accountId, name: path.lastIndexOf("/") === 0 ? path.slice(1) : path };
}
