import { expect } from "chai";
import { answerIfAny, answerOf } from "../../../components/reads/answers";

const failing = (text: string): Promise<unknown> => Promise.reject(new Error(text));
const failureOf = (answer: Promise<unknown>): Promise<unknown> =>
    answer.then(String, (error: unknown) => error);

describe("an answer of AWS's provider", () => {
    it("is none where it fails because nothing matches", async () => {
        for (const text of [
            "invoking aws:ec2/getKeyPair:getKeyPair: 1 error occurred:\n\t* no matching EC2 Key Pair found\n",
            "reading IAM Instance Profile (nobody): couldn't find resource",
            "IAM GetInstanceProfile: NoSuchEntityException: Instance profile nobody not found",
        ]) {
            expect(await answerIfAny(failing(text))).to.equal(undefined);
            expect(await failureOf(answerOf(failing(text)))).to.include({ message: text });
        }
    });

    it("is a question that the caller may not ask, in the words of the command line", async () => {
        for (const text of [
            "reading EC2 Route Tables: operation error EC2: DescribeRouteTables, https response error StatusCode: 403, RequestID: 1b2c, api error UnauthorizedOperation: You are not authorized to perform this operation.",
            "EC2 DescribeRouteTables: UnauthorizedOperation: You are not authorized to perform this operation.",
        ]) {
            expect(await failureOf(answerIfAny(failing(text)))).to.include({
                code: "AWS_ACCESS_DENIED",
                message:
                    "not allowed to call ec2:DescribeRouteTables: You are not authorized to perform this operation",
            });
        }
    });

    it("is unknown where the provider can describe one only, and there are more", async () => {
        const text =
            "multiple EC2 VPC Endpoints matched; use additional constraints to reduce matches to a single EC2 VPC Endpoint";
        expect(await failureOf(answerIfAny(failing(text)))).to.include({ code: "AWS_FAILED", message: text });
    });

    it("fails as it is for any other reason", async () => {
        const text = "the provider has crashed";
        expect(await failureOf(answerIfAny(failing(text)))).to.not.have.property("code");
    });
});
