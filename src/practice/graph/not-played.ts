import { GraphFault } from './answer.ts';

/** Words of Microsoft Graph's paths, whose place is in the directory, in a mailbox or beside them, and which are not played. */
const words = new Set(
  `activities activitiesrecent adminconsentrequests administrativeunits agreementacceptances agreements appcatalogs
  appmanagementpolicies approleassignmentrequests auditlogs authentication authenticationmethods calendar calendargroups
  calendars calendarview cast chats childfolders claimsmappingpolicies communications compliance connections contactfolders
  contacts contracts conversations copy createdobjects createreply createreplyall createforward delegatedpermissiongrants
  delta devicemanagement devices directoryobjects directoryroles directoryroletemplates directreports domains drive drives
  education endpoints events extensionproperties extensions forward getavailableextensionproperties getbyids getmailtips getmemberobjects getmembergroups
  grouplifecyclepolicies groups groupsettings homerealmdiscoverypolicies identity identitygovernance identityprotection inferenceclassification
  informationprotection insights instantiate invitations joinedteams licensedetails mailboxsettings manager memberof move
  multivalueextendedproperties oauth2permissiongrant onenote onlinemeetings outlook ownedobjects people permissiongrants photo
  planner presence privacy registereddevices registeredowners reply replyall reports revokesigninsessions rolemanagement schemaextensions
  scopedrolememberships search security services settings shares singlevalueextendedproperties sites solutions
  subscribedskus subscriptions synchronization teams teamwork tenantrelationships todo tokenissuancepolicies
  tokenlifetimepolicies transitivememberof validateproperties workbooks`.split(/\s+/),
);

/** Microsoft Graph would answer; saying that there is no such thing would be wrong. */
export function notPlayed(what: string): GraphFault {
  return new GraphFault(501, 'NotImplemented', `The practice tenant does not play ${what}.`);
}

/** Refuses a word of Graph's that stands where an id may stand too. */
export function refuseNotPlayed(segment: string): void {
  if (isWordOfGraph(segment)) throw notPlayed(`'${segment}'`);
}

/** `$metadata` and `microsoft.graph.user` are Graph's whatever comes behind: no id is written so. */
export function isWordOfGraph(segment: string): boolean {
  return /^(\$|microsoft\.graph\.)/i.test(segment) || words.has(segment.toLowerCase().replace(/\(.*$/, ''));
}
