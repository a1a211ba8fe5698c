import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { startAwsProvider } from "../../../local/provider/awsServer";
import { failureOf } from "./support/operations";

/** Nothing listens there: these tests call nothing. */
const endpoint = "http://127.0.0.1:9";

describe("the server of the local aws provider", () => {
    it("refuses to work on AWS itself", async () => {
        const message = await failureOf(
            startAwsProvider({ endpoint: "https://ec2.us-east-1.amazonaws.com" }),
        );
        expect(message).to.include("the local provider never speaks to AWS itself");
        expect(message).to.include("run `sles-ecs local start`");
    });

    it("refuses to start without an endpoint", async () => {
        expect(await failureOf(startAwsProvider({ endpoint: "" }))).to.include(
            "got AWS_ENDPOINT_URL not set",
        );
    });

    it("says when its port is taken", async () => {
        const first = await startAwsProvider({ endpoint });
        try {
            const message = await failureOf(startAwsProvider({ endpoint, port: first.port }));
            expect(message).to.include(`the local provider cannot listen on port ${first.port}`);
        } finally {
            await first.close();
        }
    });

    it("tells by its version that it is not the official plugin, and for which version of the package it is", async () => {
        const server = await startAwsProvider({ endpoint });
        const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
        try {
            const version = await new Promise<string>((resolve, reject) => {
                client.getPluginInfo(new Empty(), (error, info) => {
                    if (error === null) {
                        resolve(info.getVersion());
                    } else {
                        reject(error);
                    }
                });
            });
            expect(version).to.equal("7.48.0+sles.ecs.local");
        } finally {
            client.close();
            await server.close();
        }
    });
});
