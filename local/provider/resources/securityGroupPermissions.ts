import type { IpPermission } from "@aws-sdk/client-ec2";
import { canonical } from "../schema/compare";
import {
    flag,
    integer,
    list,
    object,
    required,
    set,
    text,
    type Json,
    type Property,
    type Values,
} from "../schema/property";

const fields = {
    cidrBlocks: list(text()),
    description: text(),
    fromPort: required(integer()),
    ipv6CidrBlocks: list(text()),
    prefixListIds: list(text()),
    protocol: required(text()),
    securityGroups: set(text()),
    self: flag(),
    toPort: required(integer()),
};

/** One inline rule of a security group. */
export type InlineRule = Values<typeof fields>;

/** The inline rules of a security group in one direction. */
export const inlineRules = (): Property<readonly InlineRule[]> =>
    set(object(fields), { computed: true, means: (a, b) => flat(a) === flat(b) });

/** Rules in the smallest pieces, so that it does not matter how they are put together. */
function flat(rules: Json): string {
    const pieces = (rules as unknown as readonly InlineRule[]).flatMap((rule) => {
        const { description = "", fromPort, toPort, protocol } = rule;
        const ports = protocol === "-1" ? [] : [fromPort, toPort];
        const sources = [
            ...(rule.cidrBlocks ?? []),
            ...(rule.ipv6CidrBlocks ?? []),
            ...(rule.prefixListIds ?? []),
            ...(rule.securityGroups ?? []),
            ...(rule.self === true ? ["self"] : []),
        ];
        return sources.map((source) => canonical([protocol, ...ports, source, description]));
    });
    return [...new Set(pieces)].sort().join("\n");
}

/** Inline rules as EC2 takes them. */
export function toPermissions(rules: readonly InlineRule[], groupId: string): IpPermission[] {
    return rules.map((rule) => {
        const described = rule.description === undefined ? {} : { Description: rule.description };
        const groups = [...(rule.securityGroups ?? []), ...(rule.self === true ? [groupId] : [])];
        return {
            IpProtocol: rule.protocol,
            ...(rule.protocol === "-1" ? {} : { FromPort: rule.fromPort, ToPort: rule.toPort }),
            ...filled(
                "IpRanges",
                rule.cidrBlocks?.map((CidrIp) => ({ CidrIp, ...described })),
            ),
            ...filled(
                "Ipv6Ranges",
                rule.ipv6CidrBlocks?.map((CidrIpv6) => ({ CidrIpv6, ...described })),
            ),
            ...filled(
                "PrefixListIds",
                rule.prefixListIds?.map((PrefixListId) => ({ PrefixListId, ...described })),
            ),
            ...filled(
                "UserIdGroupPairs",
                groups.map((GroupId) => ({ GroupId, ...described })),
            ),
        };
    });
}

function filled<T>(name: string, items: readonly T[] | undefined): Record<string, readonly T[]> {
    return items === undefined || items.length === 0 ? {} : { [name]: items };
}

/** EC2's permissions as inline rules, one for each source. */
export function fromPermissions(permissions: readonly IpPermission[] = [], groupId: string): InlineRule[] {
    return permissions.flatMap((permission) => {
        const base = {
            protocol: permission.IpProtocol ?? "-1",
            fromPort: permission.FromPort ?? 0,
            toPort: permission.ToPort ?? 0,
        };
        const rule = (source: Partial<InlineRule>, description: string | undefined): InlineRule => ({
            ...base,
            ...source,
            ...(description === undefined || description === "" ? {} : { description }),
        });
        return [
            ...(permission.IpRanges ?? []).map((range) =>
                rule({ cidrBlocks: [range.CidrIp ?? ""] }, range.Description),
            ),
            ...(permission.Ipv6Ranges ?? []).map((range) =>
                rule({ ipv6CidrBlocks: [range.CidrIpv6 ?? ""] }, range.Description),
            ),
            ...(permission.PrefixListIds ?? []).map((prefix) =>
                rule({ prefixListIds: [prefix.PrefixListId ?? ""] }, prefix.Description),
            ),
            ...(permission.UserIdGroupPairs ?? []).map((pair) =>
                rule(
                    pair.GroupId === groupId ? { self: true } : { securityGroups: [pair.GroupId ?? ""] },
                    pair.Description,
                ),
            ),
        ];
    });
}
