import { GraphFault } from './answer.ts';

/** Words of Microsoft Graph's paths, whose place is in the directory, in a mailbox or beside them, and which are not played. */
const words = new Set(
  `activities activitiesrecent adminconsentrequests administrativeunits agreementacceptances agreements appcatalogs
  appmanagementpolicies approleassignmentrequests auditlogs authentication authenticationmethods calendar calendargroups
  calendars calendarview cast chats childfolders communications compliance connections contactfolders contacts contracts
  conversations copy createreply createreplyall createforward delegatedpermissiongrants delta devicemanagement devices
  directoryobjects directoryroles directoryroletemplates domains drive drives education events extensionproperties
  extensions forward getavailableextensionproperties getbyids getmailtips getmemberobjects getmembergroups
  grouplifecyclepolicies groups groupsettings identity identitygovernance identityprotection inferenceclassification
  informationprotection insights instantiate invitations joinedteams licensedetails mailboxsettings manager memberof move
  multivalueextendedproperties oauth2permissiongrant onenote onlinemeetings outlook ownedobjects people permissiongrants photo
  planner presence privacy registereddevices reply replyall reports revokesigninsessions rolemanagement schemaextensions
  scopedrolememberships search security services settings shares singlevalueextendedproperties sites solutions
  subscribedskus subscriptions synchronization teams teamwork tenantrelationships todo transitivememberof
  validateproperties workbooks`.split(/\s+/),
);

/** Microsoft Graph would answer; saying that there is no such thing would be wrong. */
export function notPlayed(what: string): GraphFault {
  return new GraphFault(501, 'NotImplemented', `The practice tenant does not play ${what}.`);
}

/** Refuses a word of Graph's that stands where an id may stand too. */
export function refuseNotPlayed(segment: string): void {
  if (isWordOfGraph(segment)) throw notPlayed(`'${segment}'`);
}

export function isWordOfGraph(segment: string): boolean {
  const word = segment
    .toLowerCase()
    .replace(/\(.*$/, '')
    .replace(/^microsoft\.graph\./, '');
  return words.has(word);
}
