import { GraphFault } from './answer.ts';

/** Words of Microsoft Graph's paths, whose place is in the directory, in a mailbox or beside them, and which are not played. */
const words = new Set(
  `activities activitiesrecent addkey addpassword addtokensigningcertificate adminconsentrequests
  administrativeunits agreementacceptances agreements appcatalogs appmanagementpolicies
  approleassignmentrequests auditlogs assignlicense authentication authenticationmethods calendar calendargroups
  calendars calendarview cast changepassword chats checkmembergroups checkmemberobjects childfolders
  claimsmappingpolicies communications compliance connections contactfolders contacts contracts conversations
  copy createdobjects createreply createreplyall createforward delegatedpermissiongrants deleteditems delta
  devicemanagement devices directoryobjects directoryroles directoryroletemplates directreports domains drive
  drives education endpoints events exportpersonaldata extensionproperties extensions findmeetingtimes forward
  getavailableextensionproperties getbyids getmailtips getmemberobjects getmembergroups grouplifecyclepolicies
  groups groupsettings homerealmdiscoverypolicies identity identitygovernance identityprotection
  inferenceclassification informationprotection insights instantiate invitations joinedteams licensedetails logo
  mailboxsettings manager memberof move multivalueextendedproperties oauth2permissiongrant onenote
  onlinemeetings outlook owneddevices ownedobjects people permanentdelete permissiongrants photo planner
  presence privacy registereddevices registeredowners reminderview removekey removepassword reply replyall
  reports reprocesslicenseassignment revokesigninsessions rolemanagement schemaextensions scopedrolememberships
  search security services settings setverifiedpublisher shares singlevalueextendedproperties sites solutions
  sponsors subscribedskus subscriptions synchronization teams teamwork tenantrelationships todo
  tokenissuancepolicies tokenlifetimepolicies transitivememberof translateexchangeids unsetverifiedpublisher
  validateproperties workbooks`.split(/\s+/),
);

/**
 * Properties of users, applications, service principals and organizations that Microsoft documents and that are not played:
 * learn.microsoft.com/graph/api/resources, v1.0, read Nov 2026.
 */
const properties = new Set(
  `aboutMe ageGroup authenticationBehaviors authorizationInfo birthday certification city companyName
  consentProvidedForMinor countryLetterCode country creationType customKeyIdentifier customSecurityAttributes
  defaultRedirectUri disabledByMicrosoftStatus employeeHireDate employeeId employeeLeaveDateTime employeeOrgData employeeType
  externalUserState externalUserStateChangeDateTime faxNumber hireDate identities imAddresses interests isResourceAccount
  lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates loginUrl logoutUrl mailboxSettings
  marketingNotificationEmails mobileDeviceManagementAuthority mySite nativeAuthenticationApisEnabled
  notificationEmailAddresses oauth2RequirePostResponse onPremisesDistinguishedName onPremisesDomainName
  onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime onPremisesProvisioningErrors
  onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName otherMails
  partnerTenantType passwordPolicies passwordProfile pastProjects postalCode preferredDataLocation preferredName
  preferredTokenSigningKeyThumbprint privacyProfile provisionedPlans requestSignatureVerification
  resourceSpecificApplicationPermissions responsibilities samlSingleSignOnSettings schools
  securityComplianceNotificationMails securityComplianceNotificationPhones securityIdentifier serviceProvisioningErrors
  servicePrincipalLockConfiguration showInAddressList signInActivity signInSessionsValidFromDateTime skills state street
  streetAddress technicalNotificationMails`
    .toLowerCase()
    .split(/\s+/),
);

/** Microsoft Graph would answer; saying that there is no such thing would be wrong. */
export function notPlayed(what: string): GraphFault {
  return new GraphFault(501, 'NotImplemented', `The practice tenant does not play ${what}.`);
}

/** Refuses a word of Graph's that stands where an id may stand too. */
export function refuseNotPlayed(segment: string): void {
  if (isWordOfGraph(segment)) throw notPlayed(`'${segment}'`);
}

/** Refuses a property that Graph has, and `*` for all of them. */
export function refusePropertyNotPlayed(name: string): void {
  if (name === '*' || properties.has(name.toLowerCase())) throw notPlayed(`the property '${name}'`);
}

/** `$metadata` and `microsoft.graph.user`, or `graph.user`, are Graph's whatever comes behind: no id is written so. */
export function isWordOfGraph(segment: string): boolean {
  return (
    /^(\$|microsoft\.graph\.|graph\.[a-z]+$)/i.test(segment) ||
    words.has(segment.toLowerCase().replace(/\(.*$/, ''))
  );
}
