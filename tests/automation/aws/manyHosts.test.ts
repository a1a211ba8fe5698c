import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";

/** How many filter values EC2 takes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const most = 200;

describe("what is asked of EC2 about a thousand hosts", () => {
    let server: http.Server;
    let forms: URLSearchParams[] = [];

    /** EC2 that has nothing but tags of a thousand instances. */
    before(async () => {
        server = http.createServer((request, response) => {
            void text(request).then((body) => {
                const form = new URLSearchParams(body);
                forms.push(form);
                const action = form.get("Action") ?? "";
                const tags = ids.map(
                    (id) =>
                        `<item><resourceId>${id}</resourceId><resourceType>instance</resourceType><key>k</key><value>v</value></item>`,
                );
                const content = action === "DescribeTags" ? `<tagSet>${tags.join("")}</tagSet>` : "";
                response.end(`<${action}Response>${content}</${action}Response>`);
            });
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    beforeEach(() => {
        forms = [];
    });
    after(() => new Promise((resolve) => server.close(resolve)));

    const ids = Array.from({ length: 1000 }, (_, index) => `i-${index.toString(16).padStart(17, "0")}`);

    function ec2() {
        const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const env = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "eu-central-1" };
        return connectAws({ env: { ...env, AWS_ENDPOINT_URL: endpoint, AWS_MAX_ATTEMPTS: "1" } }).ec2;
    }

    function valuesAsked(): readonly (readonly string[])[] {
        return forms
            .filter((form) => form.get("Action") === "DescribeInstances")
            .map((form) => [...form].filter(([name]) => name.includes(".Value.")).map(([, value]) => value));
    }

    it("is split where EC2 takes no more values of a filter, and asks for every host once", async () => {
        await ec2().instancesById(ids);
        expect(valuesAsked().map(({ length }) => length)).to.deep.equal([most, most, most, most, most]);
        expect(valuesAsked().flat().sort()).to.deep.equal(ids);
        forms = [];
        await ec2().resources({ k: "v" });
        expect(valuesAsked().map(({ length }) => length)).to.deep.equal([most, most, most, most, most]);
        expect(valuesAsked().flat().sort()).to.deep.equal(ids);
        forms = [];
        expect(await ec2().instancesById([])).to.deep.equal([]);
        expect(forms).to.deep.equal([]);
    });
});
