import type { Call } from "./aws/call";
import type { Fields, Values } from "./schema/property";
import type { Observed } from "./schema/resourceType";

/** One function (data source) of the `aws` package. */
export interface FunctionType<F extends Fields = Fields> {
    /** Pulumi's token, such as `aws:ec2/getVpc:getVpc`. */
    readonly token: string;
    readonly inputs: F;
    run(call: Call, inputs: Values<F>): Promise<Observed>;
}

/** Checks a function against its own table, then forgets the types, so that all functions fit into one list. */
export function defineFunction<const F extends Fields>(type: FunctionType<F>): FunctionType {
    return type;
}
