import { z } from "zod";
import { defaults } from "../defaults";
import { listOf, text, wholeNumber } from "../fields";

/** Container instances per cluster at most (Amazon ECS service quotas). */
export const maxHosts = 5000;

const common = {
    instanceType: text(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type such as t3.small")
        .optional()
        .meta({ description: "EC2 instance type of the hosts.", defaultText: defaults.instanceType }),
    rootVolumeGiB: wholeNumber(10, 65536).optional().meta({
        description:
            "Size of the root volume in GiB. With the image's own docker store it holds the container images too.",
        defaultText: "- 110 (20 where every host has a docker volume)",
    }),
    keyName: text(/^\S(.{0,253}\S)?$/, "the name of an EC2 key pair")
        .optional()
        .meta({ description: "Name of an existing EC2 key pair for ssh.", defaultText: "- no key pair" }),
    // zypper reads - at the beginning as an option, and +, - and ! as what to do with a package (zypper(8)).
    packages: listOf(
        text(
            /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/,
            "a package name: letters, digits and ._+-, with a letter or digit first",
        ),
        "a list of zypper package names",
    )
        .optional()
        .meta({
            description:
                "zypper packages that each host installs beside its agent, once it is registered with SUSE's update servers.",
            defaultText: "- none",
        }),
};

const fixed = z.strictObject({
    mode: z
        .literal("fixed")
        .optional()
        .meta({ description: "A fixed number of EC2 instances.", defaultText: defaults.hostMode }),
    count: wholeNumber(0, maxHosts)
        .optional()
        .meta({ description: "Number of hosts.", defaultText: String(defaults.hostCount) }),
    ...common,
});

const autoScaling = z
    .strictObject({
        mode: z
            .literal("autoScaling")
            .meta({ description: "An Auto Scaling group that ECS scales through a capacity provider." }),
        min: wholeNumber(0, maxHosts)
            .optional()
            .meta({ description: "Fewest hosts.", defaultText: String(defaults.autoScalingMin) }),
        max: wholeNumber(1, maxHosts)
            .optional()
            .meta({ description: "Most hosts.", defaultText: "- the largest of 3, `min` and `desired`" }),
        desired: wholeNumber(0, maxHosts).optional().meta({
            description: "Number of hosts to start with; ECS scales from there.",
            defaultText: "- `min`",
        }),
        ...common,
    })
    .check(({ value, issues }) => {
        const min = value.min ?? defaults.autoScalingMin;
        const complain = (key: "min" | "desired", expected: string) =>
            issues.push({ code: "custom", path: [key], input: value, message: expected });
        if (value.max !== undefined && min > value.max) {
            complain("min", `at most hosts.max (${value.max})`);
        } else if (value.desired !== undefined && value.desired < min) {
            complain("desired", `at least hosts.min (${min})`);
        } else if (value.desired !== undefined && value.max !== undefined && value.desired > value.max) {
            complain("desired", `at most hosts.max (${value.max})`);
        }
    });

export const hostsSchema = z.discriminatedUnion("mode", [fixed, autoScaling]).meta({
    description: "How many hosts there are, and of what kind.",
    defaultText: "- one host, `mode: fixed`",
});
