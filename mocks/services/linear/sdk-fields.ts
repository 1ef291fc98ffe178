// What Linear's SDK asks of each type, whatever the caller wants of it: a mock must know it all to be asked at all.

/** Plain values; what an object lacks is null. */
export const PLAIN = {
  User: words(`
    active admin app avatarBackgroundColor avatarUrl calendarHash canAccessAnyPublicTeam
    createdIssueCount description disableReason displayName email gitHubUserId guest initials
    inviteHash isAssignable isMentionable lastSeen name owner statusEmoji statusLabel statusUntilAt
    supportsAgentSessions timezone title url
  `),
  Issue: words(`
    addedToCycleAt addedToProjectAt addedToTeamAt autoArchivedAt autoClosedAt boardOrder branchName
    canceledAt completedAt customerTicketCount description dueDate estimate inheritsSharedAccess
    integrationSourceType number priority priorityLabel prioritySortOrder reactionData slaBreachesAt
    slaHighRiskAt slaMediumRiskAt slaStartedAt slaType snoozedUntilAt sortOrder startedAt
    startedTriageAt subIssueSortOrder title trashed triagedAt
  `),
  Team: words(`
    aiDiscussionSummariesEnabled aiThreadSummariesEnabled allMembersCanJoin autoArchivePeriod
    autoCloseChildIssues autoCloseParentIssues autoClosePeriod autoCloseStateId color
    cycleCalenderUrl cycleCooldownTime cycleDuration cycleIssueAutoAssignCompleted
    cycleIssueAutoAssignStarted cycleLockToActive cycleStartDay cyclesEnabled defaultIssueEstimate
    defaultTemplateForMembersId defaultTemplateForNonMembersId description displayName
    groupIssueHistory icon inheritIssueEstimation inheritWorkflowStatuses initiativesEnabled
    inviteHash issueEstimationAllowZero issueEstimationExtended issueEstimationType
    issueOrderingNoPriorityFirst issueSortOrderDefaultToBottom key ledInitiativeCount name private
    requirePriorityToLeaveTriage retiredAt scimGroupName scimManaged securitySettings
    setIssueSortOrderOnStateChange slackIssueComments slackIssueStatuses slackNewIssue timezone
    triageEnabled upcomingCycleCount viewerCanJoin viewerCanLeave visibility
  `),
  Organization: words(`
    aiDiscussionSummariesEnabled aiThreadSummariesEnabled allowMembersToInvite allowedAuthServices
    allowedFileUploadContentTypes authSettings createdIssueCount customerCount
    customersConfiguration customersEnabled defaultFeedSummarySchedule defaultHomeView
    defaultHomeViewTargetId deletionRequestedAt feedEnabled fiscalYearStartMonth gitBranchFormat
    gitLinkbackDescriptionsEnabled gitLinkbackMessagesEnabled gitPublicLinkbackMessagesEnabled
    hideNonPrimaryOrganizations hipaaComplianceEnabled initiativeUpdateReminderFrequencyInWeeks
    initiativeUpdateRemindersDay initiativeUpdateRemindersHour logoUrl name periodUploadVolume
    previousUrlKeys projectUpdateReminderFrequencyInWeeks projectUpdateRemindersDay
    projectUpdateRemindersHour projectUpdatesReminderFrequency pullRequestIssueMode
    pullRequestTourEnabled releaseChannel releasesEnabled restrictLabelManagementToAdmins
    restrictTeamCreationToAdmins roadmapEnabled samlEnabled scimEnabled securitySettings slaDayCount
    slackProjectChannelPrefix suggestedBranchNameEnabled trialEndsAt trialStartsAt urlKey userCount
  `),
  Comment: words(`
    body documentContentId editedAt initiativeId initiativeUpdateId issueId parentId projectId
    projectUpdateId quotedText reactionData resolvedAt resolvingCommentId url
  `),
} as const;

/** Pointers to, and lists of, what the mock's workspaces never hold. */
export const ABSENT = {
  Issue: {
    objects: words(`
    asksExternalUserRequester asksRequester botActor cycle delegate externalUserCreator favorite
    lastAppliedTemplate parent project projectMilestone recurringIssueTemplate snoozedBy
    sourceComment
  `),
    lists: words('reactions syncedWith'),
  },
  Team: {
    objects: words(`
    activeCycle defaultIssueState defaultProjectTemplate defaultTemplateForMembers
    defaultTemplateForNonMembers draftWorkflowState integrationsSettings
    markedAsDuplicateWorkflowState mergeWorkflowState mergeableWorkflowState parent
    reviewWorkflowState startWorkflowState triageIssueState triageResponsibility viewerMembership
  `),
  },
  Organization: {
    objects: words('slackProjectChannelIntegration subscription'),
    lists: words('projectStatuses'),
  },
  Comment: {
    objects: words(`
    agentSession botActor documentContent externalThread externalUser initiative initiativeUpdate
    parent project projectUpdate resolvingComment resolvingUser
  `),
    lists: words('reactions syncedWith'),
  },
} as const;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
