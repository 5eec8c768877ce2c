// Leaves for a neutral page at a click or at Shift pressed three times within five seconds. The page left is
// replaced in the tab's history; the history of the browser as a whole is not touched, and the button says so.
const PRESSES = 3
const WITHIN = 5000

export function leavePage (root) {
  if (!root) return
  const button = root.querySelector('[data-leave-page-button]')
  const status = root.querySelector('[data-leave-page-status]')
  let presses = 0
  let timer = null
  let alone = false

  // The page that comes next is not told from where.
  function comeFromNowhere () {
    const policy = document.createElement('meta')
    policy.name = 'referrer'
    policy.content = 'no-referrer'
    document.head.append(policy)
  }

  function leave () {
    comeFromNowhere()
    document.title = ' '
    document.querySelectorAll('body > *').forEach((part) => part.classList.add('app-left'))
    window.location.replace(button.href)
  }

  function forget () {
    presses = 0
    status.textContent = ''
  }

  function count () {
    presses += 1
    window.clearTimeout(timer)
    if (presses === PRESSES) return leave()
    const left = PRESSES - presses
    status.textContent = `Shift: press ${left} more ${left === 1 ? 'time' : 'times'} to leave this page.`
    timer = window.setTimeout(forget, WITHIN)
  }

  button.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })
  // Shift counts only when pressed by itself: not while typing a capital letter.
  document.addEventListener('keydown', (event) => {
    alone = event.key === 'Shift' && !event.repeat
    if (!alone && presses) forget()
  })
  document.addEventListener('keyup', (event) => {
    if (event.key === 'Shift' && alone) count()
  })
  // A page that the browser kept and shows again is shown whole.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.reload()
  })
}
