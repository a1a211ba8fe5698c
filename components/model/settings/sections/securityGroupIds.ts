import type { z } from "zod";
import { listOf, mayBeOutput, text } from "../fields";

/** Security groups that exist already, by their ids. */
export function securityGroupIds(): z.ZodArray<z.ZodString> {
    return listOf(
        text(/^sg-[0-9a-f]{8,17}$/, "a security group id such as sg-0123456789abcdef0").meta(
            mayBeOutput("sg-5e5ec50000000####"),
        ),
        "a list of security group ids",
    );
}
