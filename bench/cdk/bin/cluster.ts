#!/usr/bin/env node
import * as cdk from "aws-cdk-lib";
import { SlesClusterStack } from "../lib/slesClusterStack";

const app = new cdk.App();
new SlesClusterStack(app, "SlesCluster", { env: { account: "123456789012", region: "us-east-1" } });
