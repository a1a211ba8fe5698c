import { hostCases, matrixCases } from "./cases";
import { testCases } from "./caseTests";

describe("a host that really boots", () => {
    testCases([...matrixCases, ...hostCases]);
});
