// A noticeboard on a wall. It stands still until somebody lets it move, and stops at the same button; where the device
// asks for less motion it never moves. What is published meanwhile is fetched, and shown where the reader is.
const LOOK_AGAIN = 60000 // milliseconds
const seconds = Number(document.body.dataset.seconds)
const button = document.querySelector('[data-move]')
const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
let moving = null

const pages = () => [...document.querySelectorAll('[data-page]')]
const shown = () => Math.max(pages().findIndex((page) => !page.hidden), 0)

function show(number) {
  const all = pages()
  const wanted = (number + all.length) % all.length
  all.forEach((page, index) => { page.hidden = index !== wanted })
}

function stop() {
  clearInterval(moving)
  moving = null
  button.textContent = 'Let it move'
}

function start() {
  moving = setInterval(() => show(shown() + 1), seconds * 1000)
  button.textContent = 'Pause'
}

function offer() {
  button.hidden = calm.matches
  if (calm.matches && moving) stop()
}

async function lookAgain() {
  try {
    const answer = await fetch(location.href, { cache: 'no-store', redirect: 'error' })
    if (answer.status === 404) location.reload() // the address was taken away: nothing stays on the wall
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (!fresh.querySelector('[data-board]')) return
    const number = shown()
    const before = pages().length
    for (const part of ['[data-board]', '[data-said]']) {
      document.querySelector(part).replaceWith(fresh.querySelector(part))
    }
    if ((before > 1) !== (pages().length > 1)) location.reload() // with buttons, or without
    show(Math.min(number, pages().length - 1))
  } catch {
    // away for a while: what stands there stays
  }
}

if (button) {
  button.addEventListener('click', () => (moving ? stop() : start()))
  calm.addEventListener('change', offer)
  offer()
  for (const link of document.querySelectorAll('[data-turn]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault()
      show(shown() + Number(link.dataset.turn))
    })
  }
}
setInterval(lookAgain, LOOK_AGAIN)
