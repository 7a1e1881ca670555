import { GraphFault } from './answer.ts';

/** Words of Microsoft Graph's paths, whose place is in the directory, in a mailbox or beside them, and which are not played. */
const words = new Set(
  `messagerules userconfigurations activities activitiesrecent activitybasedtimeoutpolicies addkey addpassword addtokensigningcertificate
  adhoccalls admin adminconsentrequestpolicy adminconsentrequests administrativeunits agreementacceptances
  agreements appcatalogs applicationtemplates appmanagementpolicies approleassignmentrequests assignlicense
  auditlogs authentication authenticationflowspolicy authenticationmethodconfigurations authenticationmethods
  authenticationmethodspolicy authenticationstrengthpolicies branding calendar calendargroups calendars
  calendarview cast certificatebasedauthconfiguration changepassword chats checkmembergroups checkmemberobjects
  childfolders claimsmappingpolicies cloudclipboard cloudpcs communications compliance conditionalaccesspolicies
  connections contactfolders contacts contracts conversations copilot copy createdobjects createdonbehalfof createforward
  createreply createreplyall crosstenantaccesspolicy datapolicyoperations delegatedpermissionclassifications
  delegatedpermissiongrants deleteditems delta deviceappmanagement devicemanagement deviceregistrationpolicy
  devices directoryroles directoryroletemplates directreports domains drive drives education
  employeeexperience endpoints events exportpersonaldata extensionproperties extensions external
  featurerolloutpolicies filteroperators exportdeviceandappmanagementdata findmeetingtimes followedsites forward functions
  getavailableextensionproperties getbyids getmailtips getmembergroups getmemberobjects getuserownedobjects grouplifecyclepolicies
  groups groupsettings homerealmdiscoverypolicies identity identitygovernance identityprotection
  identityproviders identitysecuritydefaultsenforcementpolicy inferenceclassification informationprotection
  insights instantiate invitations joinedteams licensedetails logo mailboxsettings managedappregistrations
  manageddevices manager memberof move multivalueextendedproperties oauth2permissiongrant onenote onlinemeetings
  outlook owneddevices ownedobjects people permanentdelete permissiongrantpolicies permissiongrants photo
  planner presence print privacy registereddevices registeredowners reminderview
  remotedesktopsecurityconfiguration removekey removepassword reply replyall reports reprocesslicenseassignment retryserviceprovisioning
  revokesigninsessions rolemanagement rolemanagementpolicies rolemanagementpolicyassignments schemaextensions
  scopedrolememberships search security services setmobiledevicemanagementauthority settings
  setverifiedpublisher shares singlevalueextendedproperties sites solutions sponsors storage subscribedskus
  subscriptions synchronization teams teamstemplates teamwork tenantrelationships todo tokenissuancepolicies
  tokenlifetimepolicies transitivememberof translateexchangeids unsetverifiedpublisher validateproperties
  workbooks`.split(/\s+/),
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
  lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates logoutUrl mailboxSettings
  marketingNotificationEmails mobileDeviceManagementAuthority mySite nativeAuthenticationApisEnabled
   oauth2RequirePostResponse onPremisesDistinguishedName onPremisesDomainName
  onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime onPremisesProvisioningErrors
  onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName otherMails
  partnerTenantType passwordPolicies passwordProfile pastProjects postalCode preferredDataLocation preferredName
  preferredTokenSigningKeyThumbprint privacyProfile provisionedPlans redirectUriSettings requestSignatureVerification
  resourceSpecificApplicationPermissions responsibilities schools
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

export const isPropertyNotPlayed = (name: string): boolean => properties.has(name.toLowerCase());

/** Refuses a property that Graph has, and `*` for all of them. */
export function refusePropertyNotPlayed(name: string): void {
  if (name === '*' || isPropertyNotPlayed(name)) throw notPlayed(`the property '${name}'`);
}

/** Refuses a link to another object, which Graph makes together with the object that the body is of. */
export function refuseBinding(name: string): void {
  if (/@odata\.bind$/i.test(name)) throw notPlayed(`'${name}' in the body of a request`);
}

/** `$metadata` and `microsoft.graph.user`, or `graph.user`, are Graph's whatever comes behind: no id is written so. */
export function isWordOfGraph(segment: string): boolean {
  return (
    /^(\$|microsoft\.graph\.|graph\.[a-z]+$)/i.test(segment) ||
    words.has(segment.toLowerCase().replace(/\(.*$/, ''))
  );
}
