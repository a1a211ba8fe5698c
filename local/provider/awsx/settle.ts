import { Output } from "@pulumi/pulumi/output";
import { unknownValue, type Json } from "../schema/property";

/** The value without the outputs in it; what is not known before the update is Pulumi's mark for that. */
export async function settle(value: unknown): Promise<Json | undefined> {
    if (Output.isInstance(value)) {
        const output = value as unknown as Settling;
        return (await output.isKnown) ? settle(await output.promise()) : unknownValue;
    }
    if (Array.isArray(value)) {
        const items = await Promise.all(value.map(settle));
        return items.map((item) => item ?? null);
    }
    if (typeof value === "object" && value !== null) {
        const entries = Object.entries(value).map(
            async ([name, item]) => [name, await settle(item)] as const,
        );
        const known = (await Promise.all(entries)).filter(([, item]) => item !== undefined);
        return Object.fromEntries(known) as Json;
    }
    return value as Json | undefined;
}

/** What the SDK keeps to itself of an output. */
interface Settling {
    readonly isKnown: Promise<boolean>;
    promise(): Promise<unknown>;
}
