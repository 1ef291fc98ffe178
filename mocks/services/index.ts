// The list of services, in the order in which people read them.

import type { Service } from '../service.ts';
import airtable from './airtable/index.ts';
import anthropic from './anthropic/index.ts';
import asana from './asana/index.ts';
import atlassian from './atlassian/index.ts';
import auth0 from './auth0/index.ts';
import aws from './aws/index.ts';
import box from './box/index.ts';
import discord from './discord/index.ts';
import dropbox from './dropbox/index.ts';
import github from './github/index.ts';
import google from './google/index.ts';
import hubspot from './hubspot/index.ts';
import intuit from './intuit/index.ts';
import linear from './linear/index.ts';
import mcp from './mcp/index.ts';
import microsoft from './microsoft/index.ts';
import notion from './notion/index.ts';
import okta from './okta/index.ts';
import openai from './openai/index.ts';
import plain from './plain/index.ts';
import salesforce from './salesforce/index.ts';
import shopify from './shopify/index.ts';
import slack from './slack/index.ts';
import spotify from './spotify/index.ts';
import stripe from './stripe/index.ts';
import xero from './xero/index.ts';
import zendesk from './zendesk/index.ts';
import zoom from './zoom/index.ts';

/** Every mocked service. */
export const SERVICES: readonly Service[] = [
  plain,
  hubspot,
  salesforce,
  google,
  airtable,
  anthropic,
  asana,
  atlassian,
  aws,
  auth0,
  box,
  discord,
  dropbox,
  github,
  intuit,
  linear,
  mcp,
  microsoft,
  notion,
  okta,
  openai,
  shopify,
  slack,
  spotify,
  stripe,
  xero,
  zendesk,
  zoom,
];
