import type { Line } from "../../components/model/commandLine";

export interface CatalogueEntry {
    readonly exitCode: number;
    /** What the code means, for the reference. */
    readonly meaning: string;
    /** What to do next, unless the place that throws knows better. */
    readonly hint?: Line;
}
