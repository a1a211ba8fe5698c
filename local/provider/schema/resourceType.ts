import type { OperationContext } from "../aws/operationContext";
import type { TagChange } from "../aws/tags";
import type { Fields, Properties, Values } from "./property";

/** A fault in the inputs of a resource, and the property it is about. */
export interface InputProblem {
    readonly property: string;
    readonly reason: string;
}

/** Outputs as AWS answers them; `undefined` ones are left out of the state, dates become ISO text. */
export type Observed = Readonly<Record<string, unknown>>;

/** What an update works with. */
export interface Change<F extends Fields> {
    readonly inputs: Values<F>;
    readonly old: Values<F>;
    readonly state: Properties;
    /** Those of the inputs that changed; `undefined` where the program gives one no longer. */
    readonly changed: Partial<Values<F>>;
    has(...properties: readonly (keyof F & string)[]): boolean;
}

/** One resource type of the `aws` package: its table of properties and the AWS calls behind its life. */
export interface ResourceType<F extends Fields = Fields> {
    /** Pulumi's type token, such as `aws:ec2/subnet:Subnet`. */
    readonly token: string;
    readonly inputs: F;
    /** Names of the properties that only AWS gives. */
    readonly outputs?: readonly string[];
    /** Its `name` is `<resource name>-<7 hex digits>`, no longer than this, when the program gives none. */
    readonly autoNameMaxLength?: number;
    /** Replace by deleting first, as the official provider does where two cannot exist side by side. */
    readonly deleteBeforeReplace?: true;
    /** Rules over several properties. */
    check?(inputs: Properties): readonly InputProblem[];
    /** Whether a change of a property that usually is updated in place replaces this time. */
    replacesWhen?(property: string, old: Properties, wanted: Properties): boolean;
    /** Outputs that are not known in the preview of an update of these properties. */
    unknownAfterUpdate?(changed: ReadonlySet<string>): readonly string[];
    /** Makes it and answers its id; nothing that can fail afterwards belongs here, but in `settle`. */
    create(context: OperationContext, inputs: Values<F>): Promise<string>;
    /** Sets what could not be set when it was made and waits until it is usable; also runs after an update. */
    settle?(
        context: OperationContext,
        id: string,
        inputs: Values<F>,
        after: "create" | "update",
    ): Promise<void>;
    /** What it is now, or `undefined` when it is gone. `tags` means all tags. */
    read(context: OperationContext, id: string, known: Properties): Promise<Observed | undefined>;
    update?(context: OperationContext, id: string, change: Change<F>): Promise<void>;
    retag?(context: OperationContext, id: string, change: TagChange, state: Properties): Promise<void>;
    /** Takes it away and waits until it is gone; being gone already is success. */
    delete(context: OperationContext, id: string, state: Properties): Promise<void>;
}

/** Checks the table against its own types, then forgets them, so that all types fit into one list. */
export function defineResource<const F extends Fields>(type: ResourceType<F>): ResourceType {
    return type;
}
