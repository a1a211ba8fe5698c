import { z } from "zod";
import { reservedAttributeReason } from "../../attributes";
import { tagsOf } from "../../settings/sections/tags";
import { readByAgent, flag, jsonMap, word } from "../agentVariable";
import { checkedText, mayBeOutput } from "../../settings/fields";

/** A resource takes ten attributes of one's own (ECS API reference, PutAttributes); the product sets two. */
const maxAttributes = 8;

const expectedName = "an attribute name of 1 to 128 letters, digits and _./\\-";
const attributeName = checkedText(undefined, (value) => {
    const reserved = reservedAttributeReason(value);
    if (reserved !== undefined) {
        return `another name: ${reserved}`;
    }
    // ECS API reference, Attribute: name and value.
    return /^[\w./\\-]{1,128}$/.test(value) ? undefined : expectedName;
});
const expectedValue = "an attribute value of 1 to 128 letters, digits, inner spaces and _.@/\\:-";
const attributeValue = z
    .string(expectedValue)
    .max(128, expectedValue)
    .regex(/^[\w.@/\\:-](?:[\w.@/\\: -]*[\w.@/\\:-])?$/, expectedValue)
    .meta(mayBeOutput("unknown-###"));

const attributes = z
    .record(attributeName, attributeValue, "a group of attributes")
    .check(({ value, issues }) => {
        if (Object.keys(value).length > maxAttributes) {
            const message = `at most ${maxAttributes} attributes`;
            issues.push({ code: "custom", path: [], input: value, message });
        }
    });

/** What the host is to ECS. */
export const hostVariables = readByAgent({
    attributes: {
        variable: "ECS_INSTANCE_ATTRIBUTES",
        since: "1.14.0",
        kind: jsonMap(attributes),
        meaning:
            "Attributes of the container instance, next to the product's own; for placement constraints.",
    },
    tags: {
        variable: "ECS_CONTAINER_INSTANCE_TAGS",
        since: "1.22.0",
        kind: jsonMap(tagsOf(0)),
        meaning: "Tags of the container instance.",
    },
    propagateTagsFrom: {
        variable: "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM",
        since: "1.22.0",
        kind: word(["none", "ec2_instance"]),
        meaning:
            "`ec2_instance` gives the container instance the tags of its EC2 instance as well, the product's own among them.",
        agentDefault: "none",
    },
    enableSpotInstanceDraining: {
        variable: "ECS_ENABLE_SPOT_INSTANCE_DRAINING",
        since: "1.32.0",
        kind: flag(),
        meaning: "Drain the host when EC2 announces that it takes a Spot instance back.",
        agentDefault: "false",
    },
    warmPoolsCheck: {
        variable: "ECS_WARM_POOLS_CHECK",
        since: "1.59.0",
        kind: flag(),
        meaning: "Keep hosts in an Auto Scaling group's warm pool from joining until they leave it.",
        agentDefault: "false",
    },
});
