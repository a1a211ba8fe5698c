import type { OperationContext } from "../aws/operationContext";
import type { Fields, Values } from "./property";
import type { Observed } from "./resourceType";

/** One function (data source) of the `aws` package. */
export interface FunctionType<F extends Fields = Fields> {
    /** Pulumi's token, such as `aws:ec2/getVpc:getVpc`. */
    readonly token: string;
    readonly inputs: F;
    run(context: OperationContext, inputs: Values<F>): Promise<Observed>;
}

/** Checks a function against its own table, then forgets the types, so that all functions fit into one list. */
export function defineFunction<const F extends Fields>(type: FunctionType<F>): FunctionType {
    return type;
}
