// What every page does in the browser: the package's own parts, the leave-page button, the session warning.
// Pages work without any of it.
import { initAll } from '../vendor/govuk/govuk-frontend.min.js'
import { leavePage } from './leave_page.js'
import { sessionWarning } from './session_warning.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
leavePage(document.querySelector('[data-leave-page]'))
sessionWarning(document.querySelector('[data-session-warning]'))
